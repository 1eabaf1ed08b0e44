package io.propeller.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.PropellerJob;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TrainingRound;
import io.propeller.mqtt.topic.Channel;
import io.propeller.testkit.kube.KubeControlPlane;
import io.propeller.testkit.kube.WithKubeControlPlane;
import io.propeller.testkit.mqtt.Mosquitto;
import io.propeller.testkit.mqtt.WithMosquitto;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's manifests, on a real API server and a real broker. */
@WithKubeControlPlane(
    install = {
      Proplet.class,
      Task.class,
      PropellerJob.class,
      FederatedJob.class,
      TrainingRound.class
    })
@WithMosquitto
class RealServersIT {

  private static final InstantSource CLOCK = InstantSource.system();

  private final List<String> said = new ArrayList<>();
  private Stage stage;
  private Show show;

  @BeforeEach
  void start(KubernetesClient client, Mosquitto broker) {
    stage = Stage.on(client, client.getNamespace(), broker.address(), channel());
    show = new Show(stage, new Recorder(), CLOCK);
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void the_manifests_give_the_same_results() throws Exception {
    List<Observed> done =
        show.run(List.of(read("manifests", "proplets.yaml"), read("manifests", "task.yaml")));

    assertThat(done)
        .singleElement()
        .satisfies(
            task -> {
              assertThat(task.result()).isEqualTo(Optional.of("add(10, 32) = 42"));
              assertThat(Statuses.of(task.task()).getAssignedProplet())
                  .isIn("gateway", "weather-station");
            });

    new Burst(stage, new Recorder(), CLOCK, 200, true).run();

    assertThat(said)
        .anyMatch(line -> line.startsWith("200 tasks completed in"))
        .anyMatch(line -> line.endsWith("0 still run on it"));
  }

  @Test
  void a_mistake_is_refused_by_the_server_which_names_the_field() {
    assertThatThrownBy(() -> show.run(List.of(read("src/test/manifests", "unknown-type.yaml"))))
        .isInstanceOf(DemoException.class)
        .hasMessageContaining("\"odd\" is invalid: ")
        .hasMessageContaining(
            "spec.type: Unsupported value: \"robot\": supported values: \"external\", \"k8s\"");
  }

  @Test
  void a_task_that_nothing_fits_says_why() {
    assertThatThrownBy(
            () ->
                show.run(
                    List.of(
                        read("manifests", "proplets.yaml"),
                        read("src/test/manifests", "nothing-fits.yaml"))))
        .isInstanceOf(DemoException.class)
        .hasMessage("task picky cannot run: 0/3 proplets fit: 3 lack capability submarine");
  }

  @Test
  void a_users_cluster_is_used_and_left_as_it_was(
      KubernetesClient client, KubeControlPlane server, @TempDir Path folder) throws Exception {
    DemoProcess demo =
        DemoProcess.run(
            folder, "--kubeconfig", server.kubeconfig().toString(), "--tasks", "30", "--chaos");

    assertThat(demo.err()).isEmpty();
    assertThat(demo.exit()).isZero();
    assertThat(demo.out()).contains("add(10, 32) = 42").contains("30 tasks completed in");
    assertThat(client.resources(Task.class).inNamespace("default").list().getItems()).isEmpty();
    assertThat(client.resources(Proplet.class).inNamespace("default").list().getItems()).isEmpty();
  }

  private static Channel channel() {
    return read("manifests", "proplets.yaml").channel().orElseThrow();
  }

  private static Manifest read(String folder, String file) {
    return Manifest.read(Path.of(folder, file), new KubernetesSerialization());
  }

  private final class Recorder implements Screen {
    @Override
    public void say(String line) {
      said.add(line);
    }

    @Override
    public void table(List<String> header, List<List<String>> rows) {}

    @Override
    public void progress(int done, int total, String rate) {}
  }
}
