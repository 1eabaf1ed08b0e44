package io.propeller.operator.internal.module;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server asks of whoever it does not know, in a header {@code WWW-Authenticate}.
 *
 * @param scheme how one may authenticate, in lower case
 * @param parameters what it says about that; names are in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {

  private static final Pattern TOKEN =
      Pattern.compile("([^\\s,=\"]+)(?:\\s*+=\\s*+(?:\"([^\"]*+)\"|([^\\s,\"]++)))?+");

  /** Copies what it is given. */
  Challenge {
    parameters = Map.copyOf(parameters);
  }

  /** Reads all challenges of an answer; what is none is left out. */
  static List<Challenge> parse(List<String> headers) {
    List<Challenge> challenges = new ArrayList<>();
    for (String header : headers) {
      String scheme = "";
      Map<String, String> parameters = new HashMap<>();
      Matcher tokens = TOKEN.matcher(header);
      while (tokens.find()) {
        String name = tokens.group(1).toLowerCase(Locale.ROOT);
        String value = tokens.group(2) != null ? tokens.group(2) : tokens.group(3);
        if (value != null) {
          parameters.putIfAbsent(name, value);
          continue;
        }
        if (!scheme.isEmpty()) {
          challenges.add(new Challenge(scheme, parameters));
        }
        scheme = name;
        parameters.clear();
      }
      if (!scheme.isEmpty()) {
        challenges.add(new Challenge(scheme, parameters));
      }
    }
    return List.copyOf(challenges);
  }
}
