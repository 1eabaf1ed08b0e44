package io.propeller.operator.internal.federated;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Where workers in the field find what they need.
 *
 * @param url where they reach the operator, without a slash at the end
 * @param dataStore where they find their data, if anybody says so
 */
public record WorkerAddress(String url, Optional<String> dataStore) {

  /**
   * Where nobody listens. A worker that is told no address says nothing at all; one that cannot
   * reach it says all over MQTT.
   */
  private static final String NOWHERE = "http://127.0.0.1:9";

  /** Takes slashes from the end. */
  public WorkerAddress {
    while (url.endsWith("/")) {
      url = url.substring(0, url.length() - 1);
    }
  }

  /** Returns an address where nobody listens, or the one that is said to be it. */
  public static WorkerAddress of(Optional<String> url, Optional<String> dataStore) {
    return new WorkerAddress(url.orElse(NOWHERE), dataStore);
  }

  /** Returns this address, or that of a server on this machine where none is said to be it. */
  WorkerAddress orOf(InetSocketAddress server) {
    if (!url.equals(NOWHERE)) {
      return this;
    }
    String host =
        server.getAddress().isAnyLocalAddress() ? machine() : server.getAddress().getHostAddress();
    boolean bare = host.contains(":");
    return new WorkerAddress(
        "http://" + (bare ? "[" + host + "]" : host) + ":" + server.getPort(), dataStore);
  }

  private static String machine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
