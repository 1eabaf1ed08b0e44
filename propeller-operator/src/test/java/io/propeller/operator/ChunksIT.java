package io.propeller.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import io.propeller.api.v1.TaskPhase;
import io.propeller.mqtt.chunk.ChunkAssembler;
import io.propeller.mqtt.message.Chunk;
import io.propeller.mqtt.message.FetchRequest;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.WasmModule;
import io.propeller.testkit.mqtt.Mosquitto;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Modules of a registry on their way to a device; the registry is the test's. */
@WithServers
class ChunksIT {

  private static final byte[] MODULE = module();

  private final Map<String, byte[]> served = new ConcurrentHashMap<>();
  private HttpServer registry;
  private TestBed bed;

  @BeforeEach
  void serve() throws Exception {
    registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext(
        "/",
        exchange -> {
          byte[] body = served.get(exchange.getRequestURI().getPath());
          exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            if (body != null) {
              out.write(body);
            }
          }
        });
    registry.start();
    String digest = "sha256:" + Hashing.sha256().hashBytes(MODULE);
    served.put("/v2/app/blobs/" + digest, MODULE);
    served.put(
        "/v2/app/manifests/v1",
        """
        {"schemaVersion":2,"layers":[{"mediaType":"application/wasm","digest":"%s","size":%d}]}
        """
            .formatted(digest, MODULE.length)
            .getBytes(UTF_8));
  }

  @AfterEach
  void stop() {
    registry.stop(0);
    bed.close();
  }

  @Test
  void a_device_is_told_the_name_of_the_content_and_gets_it_in_pieces(
      KubernetesClient client, Mosquitto broker) throws Exception {
    bed = new TestBed(client, broker, this::allowed);
    try (ScriptedProplet device = bed.device("edge", UnaryOperator.identity())) {
      client.resource(task("fetched").build()).create();
      Start start = device.nextStart();
      String name = ((WasmModule.Image) start.module()).reference();
      assertThat(name).isEqualTo(image() + "@sha256:" + Hashing.sha256().hashBytes(MODULE));

      device.publish(FetchRequest.of(name));
      assertThat(receive(device)).isEqualTo(MODULE);

      // Whoever comes next has to fetch it anew, and knows it by its content.
      bed.restart(this::allowed);
      device.publish(FetchRequest.of(name));
      assertThat(receive(device)).isEqualTo(MODULE);

      device.answer(start.id(), "42");
      bed.awaitTask("fetched", task -> task.phase() == TaskPhase.COMPLETED);
    }
  }

  @Test
  void an_image_that_is_not_there_fails_the_task_and_says_why(
      KubernetesClient client, Mosquitto broker) throws Exception {
    bed = new TestBed(client, broker, this::allowed);
    try (ScriptedProplet device = bed.device("edge", UnaryOperator.identity())) {
      client
          .resource(task("missing").editSpec().withImageUrl(image() + "2").endSpec().build())
          .create();

      Task failed = bed.awaitTask("missing", task -> task.phase() == TaskPhase.FAILED);
      assertThat(failed.getStatus().getError()).isEqualTo("spec.imageUrl: 127.0.0.1 answered 404");
      assertThat(device.hasNoStart()).isTrue();
    }
  }

  @Test
  void a_registry_that_does_not_go_on_is_given_up(KubernetesClient client, Mosquitto broker)
      throws Exception {
    registry.createContext(
        "/v2/stuck/",
        exchange -> {
          exchange.sendResponseHeaders(200, 1_000);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
        });
    bed =
        new TestBed(client, broker, options -> allowed(options).mqttTimeout(Duration.ofSeconds(2)));
    try (ScriptedProplet device = bed.device("edge", UnaryOperator.identity())) {
      client
          .resource(task("stuck").editSpec().withImageUrl(host() + "/stuck:v1").endSpec().build())
          .create();

      bed.awaitTask("stuck", task -> task.phase() == TaskPhase.FAILED);
      assertThat(device.hasNoStart()).isTrue();
    }
  }

  @Test
  void nothing_is_fetched_from_a_host_that_is_not_named(KubernetesClient client, Mosquitto broker)
      throws Exception {
    bed =
        new TestBed(
            client,
            broker,
            options -> {
              options.addRegistryHosts("registry.example.com");
              return options;
            });
    assertRefused("is not one of the hosts that --registry-hosts names");
  }

  @Test
  void nothing_is_fetched_from_an_address_that_is_not_public(
      KubernetesClient client, Mosquitto broker) throws Exception {
    bed =
        new TestBed(
            client,
            broker,
            options -> {
              options.addRegistryHosts("http://" + host());
              return options;
            });
    assertRefused("127.0.0.1 is at 127.0.0.1, which is not public");
  }

  private void assertRefused(String reason) {
    try (ScriptedProplet device = bed.device("edge", UnaryOperator.identity())) {
      bed.client.resource(task("refused").build()).create();

      Task failed = bed.awaitTask("refused", task -> task.phase() == TaskPhase.FAILED);
      assertThat(failed.getStatus().getError()).contains(reason);
      assertThat(device.hasNoStart()).isTrue();
    }
  }

  private OperatorOptions.Builder allowed(OperatorOptions.Builder options) {
    options.addRegistryHosts("http://" + host()).addRegistryNetworks("127.0.0.0/8");
    return options;
  }

  private static byte[] receive(ScriptedProplet device) {
    ChunkAssembler assembler =
        new ChunkAssembler(InstantSource.system(), Duration.ofMinutes(5), 100 << 20);
    while (true) {
      Chunk chunk = device.nextChunk();
      if (assembler.add(chunk) instanceof ChunkAssembler.Outcome.Complete complete) {
        return complete.module().toByteArray();
      }
    }
  }

  private String host() {
    return "127.0.0.1:" + registry.getAddress().getPort();
  }

  private String image() {
    return host() + "/app:v1";
  }

  private TaskBuilder task(String name) {
    return TestBed.task(name).editSpec().withFile(null).withImageUrl(image()).endSpec();
  }

  private static byte[] module() {
    byte[] module = new byte[600_000];
    System.arraycopy(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0}, 0, module, 0, 8);
    return module;
  }
}
