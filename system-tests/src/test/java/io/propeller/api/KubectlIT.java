package io.propeller.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.propeller.api.v1.Crds;
import io.propeller.api.v1.Losses;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.api.v1.TaskStatus;
import io.propeller.api.v1.ValidManifests;
import io.propeller.testkit.kube.KubeControlPlane;
import io.propeller.testkit.kube.WithKubeControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@WithKubeControlPlane
class KubectlIT {

  private static final Path MANIFESTS =
      Path.of("src", "test", "resources", "io", "propeller", "api", "manifests");

  /** A server of its own, on which the definitions have never been. */
  private static KubeControlPlane controlPlane;

  private KubernetesClient client;
  private Kubectl kubectl;

  @BeforeAll
  static void applyTheDefinitions(@TempDir Path folder) throws IOException {
    controlPlane = KubeControlPlane.start();
    Kubectl kubectl = Kubectl.on(controlPlane, "default");
    Path crds = Files.writeString(folder.resolve("crds.yaml"), Crds.yaml());
    kubectl.run("apply", "-f", crds.toString()).succeeds().warnsOfNothing();
    kubectl
        .run("wait", "--for=condition=Established", "--timeout=30s", "-f", crds.toString())
        .succeeds()
        .warnsOfNothing();
  }

  @AfterAll
  static void stop() {
    if (controlPlane != null) {
      controlPlane.close();
    }
  }

  @BeforeEach
  void useANamespaceOfItsOwn() {
    String namespace = controlPlane.newNamespace();
    kubectl = Kubectl.on(controlPlane, namespace);
    client =
        new KubernetesClientBuilder()
            .withConfig(new ConfigBuilder(controlPlane.config()).withNamespace(namespace).build())
            .build();
  }

  @AfterEach
  void closeTheClient() {
    client.close();
  }

  @Test
  void theDefinitionsHaveNoProblemThatTheServerReports() {
    for (Class<? extends HasMetadata> kind : Crds.kinds()) {
      var conditions =
          client
              .apiextensions()
              .v1()
              .customResourceDefinitions()
              .withName(HasMetadata.getFullResourceName(kind))
              .get()
              .getStatus()
              .getConditions();

      assertThat(conditions)
          .extracting(c -> c.getType() + "=" + c.getStatus())
          .containsExactlyInAnyOrder("NamesAccepted=True", "Established=True");
    }
  }

  @Test
  void theDefinitionsCanBeAppliedByAClientToo() {
    Crds.all().forEach(crd -> client.resource(crd).forceConflicts().serverSideApply());

    assertThat(client.resources(Task.class).list().getItems()).isEmpty();
  }

  static Stream<Path> manifests() throws IOException {
    try (Stream<Path> files = Files.list(MANIFESTS)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void aManifestOfAnExistingUserAppliesAndMeansTheSame(Path manifest) throws IOException {
    kubectl
        .run("apply", "--validate=strict", "-f", manifest.toString())
        .succeeds()
        .warnsOfNothing();

    for (JsonNode written : documentsOf(manifest)) {
      JsonNode stored = get(written.at("/kind").asText(), written.at("/metadata/name").asText());
      Class<? extends HasMetadata> kind = kindOf(written);
      assertThat(
              Losses.between(
                  written.get("spec"),
                  stored.get("spec"),
                  ValidManifests.schemaOf(kind).getProperties().get("spec")))
          .isEmpty();
    }
    kubectl.run("apply", "-f", manifest.toString()).succeeds();
    assertThat(
            kubectl
                .run("get", "-f", manifest.toString(), "-o", "jsonpath={..metadata.generation}")
                .out())
        .as("generations after a second time")
        .matches("1( 1)*");
  }

  @Test
  void theCategoryListsAllKindsOfResources() throws IOException {
    for (Path manifest : manifests().toList()) {
      kubectl.run("apply", "-f", manifest.toString()).succeeds();
    }

    assertThat(kubectl.run("get", "propeller", "-o", "name").succeeds().out().lines())
        .contains(
            "proplet.propeller.propeller.abstractmachines.fr/my-external-proplet",
            "task.propeller.propeller.abstractmachines.fr/addition-wasm",
            "propellerjob.propeller.propeller.abstractmachines.fr/sample-propeller-job",
            "federatedjob.propeller.propeller.abstractmachines.fr/sample-fl-job");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plet    | proplet-external | NAME TYPE PHASE READY TASKS LAST SEEN AGE",
        "ptask   | task-addition    | NAME PHASE PROPLET ATTEMPTS STARTED FINISHED AGE",
        "pjob    | propellerjob     | NAME PHASE MODE TASKS COMPLETED FAILED AGE",
        "fljob   | federatedjob     | NAME PHASE ROUND COMPLETED TOTAL AGE",
        "flround | traininground    | NAME PHASE JOB UPDATES REQUIRED AGE"
      })
  void columnsTellWhatMatters(
      String shortName, String manifest, String columns, @TempDir Path folder) throws IOException {
    Path file = MANIFESTS.resolve(manifest + ".yaml");
    if (manifest.equals("traininground")) {
      file = Files.writeString(folder.resolve("round.yaml"), ROUND);
    }
    kubectl.run("apply", "-f", file.toString()).succeeds();

    String header =
        kubectl.run("get", shortName).succeeds().out().lines().findFirst().orElseThrow();

    assertThat(header.replaceAll(" +", " ").strip()).isEqualTo(columns);
  }

  private static final String ROUND =
      """
      apiVersion: propeller.propeller.abstractmachines.fr/v1
      kind: TrainingRound
      metadata:
        name: round-1-f
      spec:
        roundId: round-1
        federatedJobRef: {name: f}
        participants: [edge-7]
        kOfN: 1
      """;

  @Test
  void columnsShowTheStatus() {
    kubectl.run("apply", "-f", MANIFESTS.resolve("task-addition.yaml").toString()).succeeds();
    client
        .resources(Task.class)
        .withName("addition-wasm")
        .editStatus(
            task -> {
              TaskStatus status = new TaskStatus();
              status.setPhase(TaskPhase.RUNNING);
              status.setAssignedProplet("edge-7");
              status.setAttempts(2);
              task.setStatus(status);
              return task;
            });

    assertThat(kubectl.run("get", "tasks", "--no-headers").out())
        .containsPattern("addition-wasm +running +edge-7 +2 ");
    assertThat(
            kubectl
                .run("get", "tasks", "--field-selector", "status.phase=running", "-o", "name")
                .out())
        .contains("addition-wasm");
    assertThat(
            kubectl
                .run("get", "tasks", "--field-selector", "status.phase=pending", "-o", "name")
                .out())
        .isEmpty();
  }

  static Stream<String> everyPart() {
    return Crds.kinds().stream()
        .flatMap(
            kind ->
                parts(HasMetadata.getSingular(kind), Map.of("", ValidManifests.schemaOf(kind))));
  }

  private static Stream<String> parts(String path, Map<String, JSONSchemaProps> schemas) {
    List<String> found = new ArrayList<>();
    schemas.forEach(
        (name, schema) -> {
          JSONSchemaProps inside =
              schema.getItems() == null ? schema : schema.getItems().getSchema();
          if (inside.getProperties() != null && !inside.getProperties().isEmpty()) {
            String here = name.isEmpty() ? path : path + "." + name;
            found.add(here);
            parts(here, inside.getProperties()).forEach(found::add);
          }
        });
    return found.stream();
  }

  @ParameterizedTest
  @MethodSource("everyPart")
  void explainHasTextForEveryField(String part) {
    String explanation = kubectl.run("explain", part).succeeds().out();

    assertThat(explanation).contains("DESCRIPTION:").doesNotContain("<no description>");
  }

  private static List<JsonNode> documentsOf(Path manifest) throws IOException {
    try (MappingIterator<JsonNode> documents =
        new YAMLMapper().readerFor(JsonNode.class).readValues(manifest.toFile())) {
      return documents.readAll();
    }
  }

  private JsonNode get(String kind, String name) {
    return new KubernetesSerialization()
        .unmarshal(kubectl.run("get", kind, name, "-o", "json").succeeds().out(), JsonNode.class);
  }

  private static Class<? extends HasMetadata> kindOf(JsonNode manifest) {
    return Crds.kinds().stream()
        .filter(kind -> HasMetadata.getKind(kind).equals(manifest.at("/kind").asText()))
        .findFirst()
        .orElseThrow();
  }
}
