package io.propeller.testkit.kube;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a URL of the API names.
 *
 * @param name of the object; empty where the URL names the collection
 * @param status whether it is the object's status alone
 */
record ResourcePath(String group, String version, String plural, String name, boolean status) {

  private static final Pattern FORM =
      Pattern.compile(
          "/(?:api|apis/(?<group>[^/]+))/(?<version>[^/]+)(?:/namespaces/[^/]+)?"
              + "/(?<plural>[^/?]+)(?:/(?<name>[^/?]+)(?<status>/status)?)?(?:\\?.*)?");

  static Optional<ResourcePath> parse(String url) {
    Matcher form = FORM.matcher(url);
    if (!form.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new ResourcePath(
            orEmpty(form.group("group")),
            form.group("version"),
            form.group("plural"),
            orEmpty(form.group("name")),
            form.group("status") != null));
  }

  private static String orEmpty(@Nullable String part) {
    return part == null ? "" : part;
  }
}
