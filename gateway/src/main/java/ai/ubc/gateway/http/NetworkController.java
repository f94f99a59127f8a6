package ai.ubc.gateway.http;

import ai.ubc.api.BurnsView;
import ai.ubc.api.NetworkView;
import ai.ubc.gateway.database.AccountReads;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The network as a whole. */
@RestController
class NetworkController {
  private final Supplier<Cores> cores;

  NetworkController(Supplier<Cores> cores) {
    this.cores = cores;
  }

  @Operation(
      operationId = "network",
      summary = "Signing domain, clock, parameters, assets and limits")
  @GetMapping(path = "/v1/network", produces = MediaType.APPLICATION_JSON_VALUE)
  NetworkView network(@RequestParam(defaultValue = "0") long after, HttpServletResponse response) {
    record Found(int rulesVersion, List<NetworkView.Asset> assets) {}
    Found found =
        Reads.read(
            cores.get(),
            response,
            after,
            Reads.ACCOUNTS,
            connection ->
                new Found(
                    AccountReads.network(connection).rulesVersion(),
                    AccountReads.assets(connection)));
    return cores
        .get()
        .network()
        .view(
            cores.get().tail().lastSeq(),
            found.rulesVersion(),
            found.assets(),
            cores.get().clock());
  }

  @Operation(operationId = "genesis", summary = "The genesis file")
  @GetMapping(path = "/v1/genesis", produces = MediaType.APPLICATION_JSON_VALUE)
  String genesis() {
    return cores.get().network().genesisJson();
  }

  @Operation(operationId = "burns", summary = "What was burned since genesis")
  @GetMapping(path = "/v1/burns", produces = MediaType.APPLICATION_JSON_VALUE)
  BurnsView burns(@RequestParam(defaultValue = "0") long after, HttpServletResponse response) {
    return Reads.read(cores.get(), response, after, Reads.ACCOUNTS, AccountReads::burns);
  }
}
