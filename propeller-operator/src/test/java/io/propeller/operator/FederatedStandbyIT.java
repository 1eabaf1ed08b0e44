package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.api.v1.JobPhase;
import io.propeller.api.v1.TrainingRoundPhase;
import io.propeller.mqtt.message.Start;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What workers meet at an address that leads to the operator which stands by. */
class FederatedStandbyIT extends FederatedRig {

  private static final String UPDATE = "{\"num_samples\":1,\"update\":[1.0]}";

  private final HttpClient http = HttpClient.newHttpClient();
  private final int shared = freePort();
  private int own;
  private String pod = "first";

  @Override
  OperatorOptions.Builder options() {
    OperatorOptions.Builder options = super.options();
    options
        .leaderElect(true)
        .podName(pod)
        .coordinatorUrl("http://127.0.0.1:" + shared)
        .coordinatorBindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), own));
    return options;
  }

  @Test
  void who_stands_by_sends_the_worker_away_and_takes_its_update_once_it_leads() throws Exception {
    pod = "second";
    own = shared;
    try (ScriptedProplet a = proplet("a");
        ScriptedProplet b = proplet("b");
        PropellerOperator second = startOperator()) {
      job("study", List.of("a", "b"), spec -> {});
      Start ofA = a.nextStart();
      Start ofB = b.nextStart();

      HttpResponse<String> refused = post(ofA, UPDATE);
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).isEqualTo("this operator does not lead: ask again\n");
      train(ofA, a, UPDATE, 1);
      awaitRound("round-1-study", round -> round.getStatus().getUpdatesReceived() == 1);

      operator.close();
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> post(ofB, UPDATE).statusCode() != 503);
      assertThat(post(ofB, UPDATE).statusCode()).isIn(409, 410);

      assertThat(
              awaitRound("round-1-study", TrainingRoundPhase.COMPLETED)
                  .getStatus()
                  .getUpdatesReceived())
          .isEqualTo(2);
      assertThat(model(awaitJob("study", JobPhase.COMPLETED), 1).toArray()).containsExactly(1.0);
      assertThat(second.ended().toCompletableFuture()).isNotDone();
    }
  }

  private HttpResponse<String> post(Start start, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(start.env().get("MANAGER_COORDINATOR_URL") + "/update"))
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
