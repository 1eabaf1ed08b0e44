package io.propeller.operator.internal.http;

import java.util.Map;

/**
 * Bounds what a client may ask of the HTTP servers of this process: how long it may take to send a
 * request and to read the answer, both in seconds, and how many may be connected. Whoever takes
 * longer is cut off, so none holds a thread for ever.
 */
public final class HttpLimits {

  private static final Map<String, String> LIMITS =
      Map.of(
          "sun.net.httpserver.maxReqTime", "30",
          "sun.net.httpserver.maxRspTime", "60",
          "jdk.httpserver.maxConnections", "2000");

  private HttpLimits() {}

  /**
   * Sets the limits that nobody has set otherwise. To be called before a server is made: the JDK
   * reads them once, when it makes the first.
   */
  public static void apply() {
    LIMITS.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
  }
}
