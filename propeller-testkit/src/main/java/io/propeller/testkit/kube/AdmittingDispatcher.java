package io.propeller.testkit.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.server.mock.KubernetesAttributesExtractor;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The mock server's store behind the checks that a real server makes: custom resources are
 * validated and completed, a stale resource version is refused on every write, and patches,
 * server-side apply among them, become whole objects before they reach the store.
 */
final class AdmittingDispatcher extends KubernetesCrudDispatcher {

  private static final KubernetesSerialization JSON = new KubernetesSerialization();
  private static final String DEFINITIONS = "customresourcedefinitions";
  private static final int SUFFIX_LENGTH = 5;

  private final Admission admission = new Admission();
  private final ObjectIndex index = new ObjectIndex();

  // Writes are done one by one: between the check and the store nothing else may change.
  @Override
  public synchronized MockResponse handleCreate(RecordedRequest request) {
    Optional<ResourcePath> path = ResourcePath.parse(request.getPath());
    if (path.isEmpty() || !path.get().name().isEmpty()) {
      return super.handleCreate(request);
    }
    ObjectNode object = read(request.getUtf8Body());
    nameIt(object);
    object.remove("status");
    return admitted(path.get(), object, null).orElseGet(() -> create(path.get(), request, object));
  }

  @Override
  public synchronized MockResponse handleUpdate(RecordedRequest request) {
    Optional<ResourcePath> path = ResourcePath.parse(request.getPath());
    Map.Entry<AttributeSet, String> stored = findResource(getKey(request.getPath()));
    if (path.isEmpty() || stored == null) {
      return super.handleUpdate(request);
    }
    return replace(path.get(), request, read(stored.getValue()), read(request.getUtf8Body()));
  }

  @Override
  public synchronized MockResponse handlePatch(RecordedRequest request) {
    Optional<ResourcePath> path = ResourcePath.parse(request.getPath());
    Map.Entry<AttributeSet, String> stored = findResource(getKey(request.getPath()));
    String contentType = String.valueOf(request.getHeader("Content-Type"));
    boolean apply = contentType.contains("apply-patch");
    if (path.isEmpty() || (stored == null && !apply)) {
      return super.handlePatch(request);
    }
    if (stored == null) {
      String collection = request.getPath().replaceFirst("/[^/?]+(\\?.*)?$", "");
      return handleCreate(with(request, HttpMethod.POST, collection, readYaml(request)));
    }
    ObjectNode present = read(stored.getValue());
    try {
      JsonNode patched =
          contentType.contains("json-patch")
              ? JsonPatch.apply(JSON.unmarshal(request.getUtf8Body(), JsonNode.class), present)
              : JsonMergePatch.apply(present, readYaml(request));
      return replace(path.get(), request, present, (ObjectNode) patched);
    } catch (JsonPatchException e) {
      return StatusReply.unpatchable("the patch cannot be applied: " + e.getMessage());
    }
  }

  /** Answers from the index: the store itself would look at each object there is. */
  @Override
  public synchronized MockResponse handleGet(String path) {
    boolean single = ResourcePath.parse(path).filter(p -> !p.name().isEmpty()).isPresent();
    Map.Entry<AttributeSet, String> stored = single ? findResource(getKey(path)) : null;
    return stored == null || path.contains("?")
        ? super.handleGet(path)
        : new MockResponse().setResponseCode(HttpURLConnection.HTTP_OK).setBody(stored.getValue());
  }

  @Override
  public Map.@Nullable Entry<AttributeSet, String> findResource(AttributeSet query) {
    if (!query.containsKey(KubernetesAttributesExtractor.NAME)) {
      return super.findResource(query);
    }
    return index
        .find(query)
        .map(attributes -> Map.entry(attributes, getMap().get(attributes)))
        .orElse(null);
  }

  @Override
  public void processEvent(
      String path,
      @Nullable AttributeSet pathAttributes,
      @Nullable AttributeSet oldAttributes,
      @Nullable GenericKubernetesResource resource,
      @Nullable String newState) {
    super.processEvent(path, pathAttributes, oldAttributes, resource, newState);
    if (oldAttributes != null) {
      index.remove(oldAttributes);
    }
    if (newState != null) {
      AttributeSet attributes = getAttributeExtractor().fromResource(newState);
      index.put(
          attributes.containsKey(KubernetesAttributesExtractor.PLURAL)
              ? attributes
              : AttributeSet.merge(pathAttributes, attributes));
    }
  }

  private MockResponse create(ResourcePath path, RecordedRequest request, ObjectNode object) {
    MockResponse response =
        super.handleCreate(with(request, HttpMethod.POST, request.getPath(), object));
    note(path, object);
    return response;
  }

  private MockResponse replace(
      ResourcePath path, RecordedRequest request, ObjectNode present, ObjectNode wanted) {
    String based = wanted.path("metadata").path("resourceVersion").asText();
    if (!based.isEmpty()
        && !based.equals(present.path("metadata").path("resourceVersion").asText())) {
      return StatusReply.conflict(path);
    }
    ObjectNode result = path.status() ? present.deepCopy() : wanted;
    if (path.status()) {
      set(result, "status", wanted.get("status"));
    } else if (isStatusSubresourceEnabledForResource(request.getPath())) {
      set(result, "status", present.get("status"));
    }
    return admitted(path, result, present)
        .orElseGet(
            () -> {
              MockResponse response =
                  super.handleUpdate(with(request, HttpMethod.PUT, request.getPath(), result));
              note(path, result);
              // The store answers with nothing when the last finalizer went, a server with the
              // object.
              return response.getBody() == null ? response.setBody(result.toString()) : response;
            });
  }

  private Optional<MockResponse> admitted(
      ResourcePath path, ObjectNode object, @Nullable JsonNode present) {
    List<Violation> violations = admission.admit(path, object, present);
    return violations.isEmpty()
        ? Optional.empty()
        : Optional.of(StatusReply.invalid(path, object, violations));
  }

  private void note(ResourcePath path, ObjectNode object) {
    if (path.plural().equals(DEFINITIONS)) {
      admission.define(JSON.convertValue(object, CustomResourceDefinition.class));
    }
  }

  private static void nameIt(ObjectNode object) {
    ObjectNode metadata = object.withObject("/metadata");
    String prefix = metadata.path("generateName").asText();
    if (!prefix.isEmpty() && metadata.path("name").asText().isEmpty()) {
      metadata.put("name", prefix + UUID.randomUUID().toString().substring(0, SUFFIX_LENGTH));
    }
  }

  private static void set(ObjectNode object, String field, @Nullable JsonNode value) {
    if (value == null) {
      object.remove(field);
    } else {
      object.set(field, value);
    }
  }

  private static ObjectNode read(String json) {
    return JSON.unmarshal(json, ObjectNode.class);
  }

  private static ObjectNode readYaml(RecordedRequest request) {
    return JSON.unmarshal(request.getUtf8Body(), ObjectNode.class);
  }

  private static RecordedRequest with(
      RecordedRequest request, HttpMethod method, String path, ObjectNode body) {
    return new RecordedRequest(
        request.getHttpVersion(),
        method,
        path,
        request.getHeaders(),
        new Buffer(body.toString().getBytes(StandardCharsets.UTF_8)));
  }
}
