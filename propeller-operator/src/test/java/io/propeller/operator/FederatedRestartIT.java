package io.propeller.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.JobPhase;
import io.propeller.api.v1.RoundSummary;
import io.propeller.fl.model.ModelJson;
import io.propeller.fl.store.Digest;
import io.propeller.mqtt.message.Start;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experiments whose operator is restarted again and again. */
class FederatedRestartIT extends FederatedRig {

  private static final int WORKERS = 4;
  private static final int ROUNDS = 40;
  private static final int RESTARTS = 50;
  private static final int KILLED_ROUNDS = 8;
  private static final int KILLS = 4;
  private static final long SEED = 20_261_121;

  private final List<Trainer> workers = new ArrayList<>();
  private final ScheduledExecutorService later = Executors.newScheduledThreadPool(1);

  @AfterEach
  void closeWorkers() {
    workers.forEach(Trainer::close);
    later.shutdownNow();
  }

  @Test
  void fifty_restarts_at_random_moments_change_no_bit_of_any_model() throws Exception {
    Random random = new Random(SEED);
    for (int i = 0; i < WORKERS; i++) {
      workers.add(worker(i, random));
    }
    List<String> names = IntStream.range(0, WORKERS).mapToObj(i -> "w" + i).toList();

    job("calm", names, spec -> spec.withNewRounds().withTotal(ROUNDS).endRounds());
    FederatedJob calm = await("calm");
    job("stormy", names, spec -> spec.withNewRounds().withTotal(ROUNDS).endRounds());
    for (int i = 0; i < RESTARTS; i++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(400)));
      operator.close();
      operator = startOperator();
    }
    FederatedJob stormy = await("stormy");

    assertThat(versions(stormy, ROUNDS)).isEqualTo(versions(calm, ROUNDS));
    assertThat(stormy.getStatus().getHistory())
        .extracting(RoundSummary::getRound)
        .isEqualTo(IntStream.rangeClosed(1, ROUNDS).boxed().toList());
    assertThat(stormy.getStatus().getHistory())
        .extracting(RoundSummary::getUpdates)
        .containsOnly(WORKERS);
  }

  @Test
  void kill_9_in_the_middle_of_rounds_changes_no_bit_either(@TempDir Path logs) throws Exception {
    Random random = new Random(SEED);
    List<String> names = List.of("w0", "w1", "w2");
    for (int i = 0; i < names.size(); i++) {
      workers.add(worker(i, random));
    }
    job("calm", names, spec -> spec.withNewRounds().withTotal(KILLED_ROUNDS).endRounds());
    FederatedJob calm = await("calm");
    operator.close();

    OperatorProcess process = process(logs.resolve("0.log"));
    try {
      job("stormy", names, spec -> spec.withNewRounds().withTotal(KILLED_ROUNDS).endRounds());
      for (int kill = 1; kill <= KILLS; kill++) {
        int round = kill;
        Awaitility.await()
            .atMost(Duration.ofMinutes(1))
            .pollInterval(Duration.ofMillis(20))
            .until(
                () -> {
                  workers.forEach(Trainer::beat);
                  return awaitJob("stormy", job -> true).getStatus().getCurrentRound() > round;
                });
        process.kill();
        process = process(logs.resolve(kill + ".log"));
      }
      FederatedJob stormy = await("stormy");
      assertThat(versions(stormy, KILLED_ROUNDS)).isEqualTo(versions(calm, KILLED_ROUNDS));
      assertThat(stormy.getStatus().getHistory())
          .extracting(RoundSummary::getUpdates)
          .containsOnly(names.size());
    } finally {
      process.close();
    }
  }

  private OperatorProcess process(Path log) throws IOException {
    return OperatorProcess.start(
        log, client, broker.address(), "--model-store=" + store, "--last-seen-threshold=1h");
  }

  private List<Digest> versions(FederatedJob job, int rounds) throws IOException {
    List<Digest> versions = new ArrayList<>();
    for (int i = 1; i <= rounds; i++) {
      versions.add(version(job, i).content());
    }
    return versions;
  }

  private FederatedJob await(String job) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              workers.forEach(Trainer::beat);
              return awaitJob(job, found -> true).getStatus().getPhase() != JobPhase.RUNNING
                  && awaitJob(job, found -> true).getStatus().getPhase() != JobPhase.PENDING;
            });
    FederatedJob over = awaitJob(job, found -> true);
    assertThat(over.getStatus().getPhase())
        .as("%s", over.getStatus().getConditions())
        .isEqualTo(JobPhase.COMPLETED);
    return over;
  }

  private Trainer worker(int number, Random random) {
    String name = "w" + number;
    client.resource(propletResource(name).build()).create();
    Trainer worker =
        new Trainer(
            broker.address(),
            channel,
            identity(name),
            (self, start) -> {
              int way;
              int delay;
              synchronized (random) {
                way = random.nextInt(3);
                delay = random.nextInt(60);
              }
              var unused =
                  later.schedule(
                      () -> answer(self, start, payload(start, number), way),
                      delay,
                      TimeUnit.MILLISECONDS);
            });
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              worker.beat();
              return isRunning(name);
            });
    return worker;
  }

  /** By either way, or by both. */
  private static void answer(Trainer worker, Start start, String payload, int way) {
    if (way > 0) {
      worker.publishes(start, payload);
    }
    if (way != 1) {
      worker.returns(start, payload);
    }
  }

  /** What a worker learns depends on the model that it began with, and on itself. */
  private static String payload(Start start, int number) {
    double[] model = {0, 0, 0};
    String base = start.env().get("FL_GLOBAL_UPDATE_B64");
    if (base != null) {
      try {
        model =
            ModelJson.read(new String(Base64.getDecoder().decode(base), UTF_8).getBytes(UTF_8))
                .toArray();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    for (int i = 0; i < model.length; i++) {
      model[i] = 0.9 * model[i] + Math.sin(number * 3 + i) / 7;
    }
    return "[" + model[0] + "," + model[1] + "," + model[2] + "]";
  }
}
