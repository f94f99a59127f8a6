/** The log's tree, kept beside the projections, and the receipts that are made from both. */
@NullMarked
package ai.ubc.gateway.evidence;

import org.jspecify.annotations.NullMarked;
