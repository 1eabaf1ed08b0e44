package io.propeller.operator.internal.federated;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a version of a model is called outside of the store: {@code
 * fl/{namespace}/{name}/global_model_v{number}}.
 *
 * @param namespace where its FederatedJob is, or its TrainingRound where that is nobody's
 * @param name the name of that resource
 * @param number from 1; 0 for the model that its first round began with
 */
record ModelRef(String namespace, String name, int number) {

  private static final Pattern OURS =
      Pattern.compile("fl/([a-z0-9.-]{1,253})/([a-z0-9.-]{1,253})/global_model_v([0-9]{1,9})");
  private static final Pattern NUMBERED = Pattern.compile("[^/]*?([0-9]{1,9})");

  /** Reads a reference; empty if the text is none of this form. */
  static Optional<ModelRef> parse(String text) {
    Matcher matcher = OURS.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new ModelRef(matcher.group(1), matcher.group(2), Integer.parseInt(matcher.group(3))))
        : Optional.empty();
  }

  /**
   * Returns the version that workers read out of any model URI: the decimal number at the end of
   * its last segment, 0 if there is none.
   */
  static int numberOf(String uri) {
    Matcher matcher = NUMBERED.matcher(uri.substring(uri.lastIndexOf('/') + 1));
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  @Override
  public String toString() {
    return "fl/" + namespace + "/" + name + "/global_model_v" + number;
  }
}
