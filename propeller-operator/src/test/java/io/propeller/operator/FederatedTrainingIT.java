package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.JobPhase;
import io.propeller.api.v1.RoundSummary;
import io.propeller.fl.model.Model;
import io.propeller.testkit.proplet.WasmProplet;
import io.propeller.testkit.proplet.WasmPropletOptions;
import io.propeller.testkit.training.LinearModel;
import io.propeller.testkit.training.Shard;
import io.propeller.testkit.training.TrainingTask;
import io.propeller.testkit.wasm.SampleModule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Experiments of ten workers that really train, on data that differs from one to the next. */
class FederatedTrainingIT extends FederatedRig {

  private static final TrainingTask TASK = TrainingTask.DEFAULT.withSkew(0.8);
  private static final Shard TEST = TASK.data().test(10_000);
  private static final double POOLED = LinearModel.fit(TASK.data().pooled()).accuracy(TEST);
  private static final List<String> WORKERS =
      IntStream.range(0, TASK.shards()).mapToObj(i -> "device-" + i).toList();

  private final Deque<WasmProplet> workers = new ArrayDeque<>();
  private boolean overHttp = true;

  @Override
  OperatorOptions.Builder options() {
    OperatorOptions.Builder options = super.options();
    if (overHttp) {
      options.coordinatorBindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }
    return options;
  }

  @BeforeEach
  void join() {
    for (String name : WORKERS) {
      client.resource(propletResource(name).build()).create();
      workers.push(
          WasmProplet.start(
              WasmPropletOptions.of(broker.address(), channel, identity(name)).withThreads(1)));
    }
  }

  @AfterEach
  void leave() {
    workers.forEach(WasmProplet::close);
  }

  @Test
  void rounds_end_within_a_point_of_a_fit_to_all_data_at_once() throws Exception {
    FederatedJob done = run("study", TASK, "fedavg", 8);

    assertThat(accuracy(done, 1)).isLessThan(POOLED - 0.03);
    assertThat(accuracy(done, 8)).isCloseTo(POOLED, within(0.01));
    assertThat(done.getStatus().getHistory())
        .extracting(RoundSummary::getUpdates)
        .containsOnly(WORKERS.size());
    assertThat(done.getStatus().getHistory().get(7).getAccuracy())
        .as("what the workers measured, each on its own data, of the model of the round before")
        .isCloseTo(accuracy(done, 7), within(0.03));
  }

  @Test
  void without_http_the_model_is_the_same_to_the_last_bit() throws Exception {
    Model fetched = model(run("fetched", TASK, "fedavg", 2), 2);
    operator.close();
    overHttp = false;
    operator = startOperator();

    assertThat(model(run("passed-along", TASK, "fedavg", 2), 2)).isEqualTo(fetched);
  }

  @Test
  void one_poisoned_worker_of_ten_ruins_the_mean_and_not_the_trimmed_mean() throws Exception {
    TrainingTask poisoned = TASK.withPoisoned(3);

    assertThat(accuracy(run("mean", poisoned, "fedavg", 3), 3)).isLessThan(0.45);
    assertThat(accuracy(run("trimmed", poisoned, "trimmed-mean", 3), 3))
        .isGreaterThan(POOLED - 0.05);
  }

  private FederatedJob run(String name, TrainingTask task, String algorithm, int rounds) {
    byte[] module = SampleModule.TRAIN_COMPONENT.bytes().toByteArray();
    job(
        name,
        WORKERS,
        spec ->
            spec.withTaskFile(Base64.getEncoder().encodeToString(module))
                .withHyperparams(new ObjectMapper().valueToTree(task.hyperparams()))
                .withNewRounds()
                .withTotal(rounds)
                .endRounds()
                .withNewAggregator()
                .withAlgorithm(algorithm)
                .endAggregator());
    FederatedJob over =
        client
            .resources(FederatedJob.class)
            .withName(name)
            .waitUntilCondition(FederatedTrainingIT::isOver, 120, TimeUnit.SECONDS);
    assertThat(over.getStatus().getPhase())
        .as(() -> over.getStatus().toString())
        .isEqualTo(JobPhase.COMPLETED);
    return over;
  }

  private static boolean isOver(FederatedJob job) {
    return job != null
        && job.getStatus() != null
        && (job.getStatus().getPhase() == JobPhase.COMPLETED
            || job.getStatus().getPhase() == JobPhase.FAILED);
  }

  private double accuracy(FederatedJob job, int version) throws IOException {
    return LinearModel.of(model(job, version)).accuracy(TEST);
  }
}
