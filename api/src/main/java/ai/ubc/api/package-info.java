/**
 * What the gateway answers, as JSON records: the component names are the JSON names. Amounts are
 * micro-units (six decimals), prices micro-COMPUTE for 1,000,000 units, times milliseconds of log
 * time unless a name says otherwise; hashes are {@code 0x} and 64 hexadecimal digits, addresses
 * {@code 0x} and 40; choices are the names of the ledger's enumerations. A component that does not
 * apply is absent.
 */
@NullMarked
package ai.ubc.api;

import org.jspecify.annotations.NullMarked;
