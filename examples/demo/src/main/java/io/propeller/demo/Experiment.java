package io.propeller.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Condition;
import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.FederatedJobBuilder;
import io.propeller.api.v1.FederatedJobStatus;
import io.propeller.api.v1.JobPhase;
import io.propeller.api.v1.Participant;
import io.propeller.testkit.training.LinearModel;
import io.propeller.testkit.training.Shard;
import io.propeller.testkit.training.TrainingTask;
import io.propeller.testkit.wasm.SampleModule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Runs FederatedJobs on the stage, one after the other, and judges the model of each round. */
final class Experiment {

  private static final int TEST_SAMPLES = 10_000;
  private static final int ROUND_SECONDS = 60;
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final Stage stage;
  private final InstantSource clock;
  private final TrainingTask task;
  private final int rounds;
  private final List<String> workers;
  private final Shard test;
  private final Semaphore news = new Semaphore(0);

  /**
   * Prepares experiments.
   *
   * @param workers the Proplets that train, in the order of their shards
   */
  Experiment(
      Stage stage, InstantSource clock, TrainingTask task, int rounds, List<String> workers) {
    this.stage = stage;
    this.clock = clock;
    this.task = task;
    this.rounds = rounds;
    this.workers = List.copyOf(workers);
    this.test = task.data().test(TEST_SAMPLES);
  }

  /** Returns how accurate a model is that is trained on all shards at once. */
  double pooled() {
    return LinearModel.fit(task.data().pooled()).accuracy(test);
  }

  /**
   * Runs a job to its last round.
   *
   * @param algorithm how its updates become a model
   * @param progress told the curve so far, whenever a round is over
   * @throws DemoException if the job fails
   */
  Curve run(String algorithm, Consumer<Curve> progress) throws InterruptedException {
    Instant start = clock.instant();
    List<Double> accuracies = new ArrayList<>(List.of(LinearModel.ZERO.accuracy(test)));
    try (Watch<FederatedJob> watch =
        new Watch<>(stage, FederatedJob.class, changed -> news.release())) {
      FederatedJob job = stage.client().resource(job(algorithm)).create();
      stage.made(job);
      Models models = new Models(stage.coordinator(), job);
      while (accuracies.size() <= rounds) {
        var unused = news.tryAcquire(100, TimeUnit.MILLISECONDS);
        news.drainPermits();
        FederatedJobStatus status =
            Statuses.of(watch.latest().getOrDefault(job.getMetadata().getName(), job));
        while (accuracies.size() <= status.getCompletedRounds()) {
          accuracies.add(models.version(accuracies.size()).accuracy(test));
          progress.accept(new Curve(algorithm, accuracies));
        }
        if (status.getPhase() == JobPhase.FAILED) {
          throw new DemoException("the job " + algorithm + " failed: " + reason(status));
        }
        if (Duration.between(start, clock.instant()).compareTo(LIMIT) > 0) {
          throw new DemoException(
              "the job %s came to round %d of %d in %d s: %s"
                  .formatted(
                      algorithm, accuracies.size() - 1, rounds, LIMIT.toSeconds(), reason(status)));
        }
      }
    }
    return new Curve(algorithm, accuracies);
  }

  private FederatedJob job(String algorithm) {
    String module =
        Base64.getEncoder().encodeToString(SampleModule.TRAIN_COMPONENT.bytes().toByteArray());
    return new FederatedJobBuilder()
        .withNewMetadata()
        .withName(algorithm)
        .withNamespace(stage.namespace())
        .endMetadata()
        .withNewSpec()
        .withTaskFile(module)
        .withParticipants(workers.stream().map(Experiment::participant).toList())
        .withRequiredUpdates(workers.size())
        .withTimeoutSeconds(ROUND_SECONDS)
        .withHyperparams(new ObjectMapper().valueToTree(task.hyperparams()))
        .withNewRounds()
        .withTotal(rounds)
        .endRounds()
        .withNewAggregator()
        .withAlgorithm(algorithm)
        .endAggregator()
        .endSpec()
        .build();
  }

  private static Participant participant(String proplet) {
    Participant participant = new Participant();
    participant.setPropletId(proplet);
    return participant;
  }

  private static String reason(FederatedJobStatus status) {
    return status.getConditions().stream()
        .map(Condition::getMessage)
        .collect(Collectors.joining("; "));
  }
}
