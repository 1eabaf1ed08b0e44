package io.propeller.fl.model;

import com.google.common.base.Splitter;
import com.google.common.collect.Iterables;

/** The text form of JSON Pointers (RFC 6901). */
final class JsonPointers {
  private static final Splitter SLASH = Splitter.on('/');

  private JsonPointers() {}

  /** Returns the pointer to a member or element of what another one points to. */
  static String child(String parent, String token) {
    return parent + '/' + token.replace("~", "~0").replace("/", "~1");
  }

  /** Returns the names and indices along the way, unescaped. */
  static Iterable<String> tokens(String pointer) {
    return Iterables.transform(
        Iterables.skip(SLASH.split(pointer), 1),
        token -> token.replace("~1", "/").replace("~0", "~"));
  }
}
