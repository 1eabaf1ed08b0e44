package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import lombok.EqualsAndHashCode;
import lombok.ToString;

/**
 * Base of every part of a resource: keeps the fields that this version does not know, so that those
 * of a newer version survive being read and written.
 *
 * <p>A part is a mutable bean and not safe for use by several threads. What comes from a cache is
 * copied by its builder before it is changed. A list or map that is empty is the same as one that
 * is absent, and neither is written.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@EqualsAndHashCode
@ToString
public abstract class Extensible {

  @JsonIgnore private final Map<String, JsonNode> additionalProperties = new LinkedHashMap<>();

  /** Returns the fields that this version does not know, by name; never null. */
  @JsonAnyGetter
  public Map<String, JsonNode> getAdditionalProperties() {
    return additionalProperties;
  }

  /** Replaces the fields that this version does not know. */
  public void setAdditionalProperties(Map<String, JsonNode> additionalProperties) {
    Map<String, JsonNode> copy = new LinkedHashMap<>(additionalProperties);
    this.additionalProperties.clear();
    this.additionalProperties.putAll(copy);
  }

  @JsonAnySetter
  void setAdditionalProperty(String name, JsonNode value) {
    additionalProperties.put(name, value);
  }
}
