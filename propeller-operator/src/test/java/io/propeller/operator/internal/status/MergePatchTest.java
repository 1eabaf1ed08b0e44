package io.propeller.operator.internal.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class MergePatchTest {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @Test
  void only_what_differs_is_in_it_and_what_is_gone_is_null() throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode before =
        mapper.readTree("{\"same\":1,\"moved\":1,\"gone\":1,\"in\":{\"a\":1,\"b\":1}}");
    ObjectNode after =
        (ObjectNode) mapper.readTree("{\"same\":1,\"moved\":2,\"new\":[1],\"in\":{\"a\":1}}");

    assertThat(MergePatch.between(before, after))
        .isEqualTo(mapper.readTree("{\"moved\":2,\"new\":[1],\"in\":{\"b\":null},\"gone\":null}"));
  }

  @Property(tries = 500)
  void applied_to_what_was_it_gives_what_is(
      @ForAll("objects") ObjectNode before, @ForAll("objects") ObjectNode after) {
    assertThat(apply(before, MergePatch.between(before, after))).isEqualTo(after);
  }

  @Property(tries = 100)
  void between_equals_it_is_empty(@ForAll("objects") ObjectNode object) {
    assertThat(MergePatch.between(object, object.deepCopy())).isEmpty();
  }

  @Provide
  Arbitrary<ObjectNode> objects() {
    return objects(3);
  }

  private static Arbitrary<ObjectNode> objects(int depth) {
    Arbitrary<JsonNode> leaves =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 3).map(JSON::numberNode),
            Arbitraries.of("a", "b").map(JSON::textNode),
            Arbitraries.integers().between(0, 2).map(n -> JSON.arrayNode().add(n)));
    Arbitrary<JsonNode> values =
        depth == 0 ? leaves : Arbitraries.oneOf(leaves, objects(depth - 1).map(o -> o));
    return Arbitraries.maps(Arbitraries.of("k", "l", "m"), values)
        .ofMaxSize(3)
        .map(
            fields -> {
              ObjectNode object = JSON.objectNode();
              fields.forEach(object::set);
              return object;
            });
  }

  /** RFC 7386, section 2. */
  private static JsonNode apply(JsonNode target, JsonNode patch) {
    if (!patch.isObject()) {
      return patch;
    }
    ObjectNode result = target.isObject() ? target.deepCopy() : JSON.objectNode();
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      if (field.getValue().isNull()) {
        result.remove(field.getKey());
      } else {
        JsonNode old = result.has(field.getKey()) ? result.get(field.getKey()) : JSON.objectNode();
        result.set(field.getKey(), apply(old, field.getValue()));
      }
    }
    return result;
  }
}
