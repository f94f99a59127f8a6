package ai.ubc.gateway.http;

import ai.ubc.gateway.blob.BlobRights;
import ai.ubc.gateway.blob.BlobStore;
import ai.ubc.gateway.blob.BodyRetention;
import ai.ubc.gateway.command.Admission;
import ai.ubc.gateway.command.Notary;
import ai.ubc.gateway.database.Database;
import ai.ubc.gateway.database.Projector;
import ai.ubc.gateway.evidence.LogTree;
import ai.ubc.gateway.evidence.Receipts;
import ai.ubc.gateway.journal.LogClock;
import ai.ubc.gateway.journal.Tail;
import ai.ubc.gateway.keys.JobKeyFiles;
import ai.ubc.gateway.keys.ReaderKeyFiles;
import ai.ubc.gateway.limits.Limits;
import ai.ubc.gateway.quote.QuoteMapper;
import ai.ubc.gateway.stream.EntryStream;

/**
 * What the HTTP interface is a face of. None of it knows Spring.
 *
 * @param network the network's fixed facts
 * @param limits what the gateway takes
 * @param admission the way to the ledger
 * @param database the projections
 * @param projector what writes them
 * @param tail the newest entries
 * @param clock log time
 * @param stream the stream of entries
 * @param blobs the content store
 * @param retention what clears it
 * @param readerKeys the keys by which accounts read
 * @param jobKeys keys of jobs on their way to readers
 * @param rights who may use all that
 * @param notary what vouches for results in it
 * @param tree the tree over the log
 * @param receipts the evidence for jobs
 * @param quotes the ledger's arithmetic
 */
public record Cores(
    NetworkMapper network,
    Limits limits,
    Admission admission,
    Database database,
    Projector projector,
    Tail tail,
    LogClock clock,
    EntryStream stream,
    BlobStore blobs,
    BodyRetention retention,
    ReaderKeyFiles readerKeys,
    JobKeyFiles jobKeys,
    BlobRights rights,
    Notary notary,
    LogTree tree,
    Receipts receipts,
    QuoteMapper quotes) {}
