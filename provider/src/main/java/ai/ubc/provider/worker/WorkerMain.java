package ai.ubc.provider.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.provider.runtime.JobRuntime;
import ai.ubc.provider.runtime.ProviderFault;
import ai.ubc.provider.runtime.RunRequest;
import ai.ubc.provider.runtime.RunResult;
import ai.ubc.provider.wasi.WasiRuntime;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * A worker: takes requests from standard input, one at a time, and answers each on standard output.
 * It ends when standard input does, also in the middle of a run, so that no worker outlives its
 * node.
 */
public final class WorkerMain {

  private WorkerMain() {}

  /** Serves until standard input ends. */
  public static void main(String[] args) {
    // Only answers may go to standard output, whatever a library prints.
    System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8));
    serve(
        new WasiRuntime(),
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out));
    Runtime.getRuntime().halt(0);
  }

  /** Serves until the input ends; a run that is not finished then is left to a daemon thread. */
  static void serve(JobRuntime runtime, InputStream requests, OutputStream answers) {
    DataInputStream in = new DataInputStream(new BufferedInputStream(requests));
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(answers));
    try {
      while (true) {
        RunRequest request = WorkerProtocol.readRequest(in);
        // Runs beside, so that the end of the input is seen at once.
        Thread.ofPlatform().daemon().name("run").start(() -> answer(runtime, request, out));
      }
    } catch (IOException _) {
      // The node closed the stream, or is gone: there is nobody left to tell.
    }
  }

  private static void answer(JobRuntime runtime, RunRequest request, DataOutputStream out) {
    try {
      try {
        RunResult result = runtime.run(request);
        WorkerProtocol.writeResult(out, result);
      } catch (ProviderFault fault) {
        WorkerProtocol.writeFault(out, fault);
      }
    } catch (IOException | InterruptedException _) {
      // As above: the node sees the end of the stream.
    }
  }
}
