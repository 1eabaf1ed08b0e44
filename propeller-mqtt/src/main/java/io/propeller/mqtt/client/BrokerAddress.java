package io.propeller.mqtt.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a broker is and how to reach it.
 *
 * @param host a name, or an address; of IPv6 without brackets
 * @param port 1 to 65,535
 * @param tls whether the connection is encrypted
 * @param webSocketPath the path of the WebSocket, without a slash in front; null for none, which is
 *     plain MQTT
 */
public record BrokerAddress(String host, int port, boolean tls, @Nullable String webSocketPath) {

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if there is no host, or the port is out of range
   */
  public BrokerAddress {
    if (host.isBlank()) {
      throw new IllegalArgumentException("a broker's address has a host");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a port is from 1 to 65535, not " + port);
    }
  }

  /**
   * Reads an address such as {@code tcp://host:1883}, {@code mqtt://host}, {@code ssl://host:8883},
   * {@code mqtts://host}, {@code ws://host/mqtt}, {@code wss://host/mqtt} or {@code host:1883}. The
   * port is by default 1883, 8883 with TLS, 80 and 443 with WebSocket.
   *
   * @throws IllegalArgumentException if it is none of these, or holds a user name, a query or a
   *     fragment
   */
  public static BrokerAddress parse(String address) {
    URI uri;
    try {
      uri = new URI(address.contains("://") ? address : "tcp://" + address);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "no broker address: " + address + " (" + e.getReason() + ")");
    }
    String host = uri.getHost();
    if (host == null
        || uri.getUserInfo() != null
        || uri.getQuery() != null
        || uri.getFragment() != null) {
      throw new IllegalArgumentException(
          "a broker address is scheme://host:port, or host:port; credentials have their own"
              + " option");
    }
    if (host.startsWith("[")) {
      host = host.substring(1, host.length() - 1);
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
    return switch (scheme) {
      case "tcp", "mqtt" -> plain(address, host, port(uri, 1883), false, path);
      case "ssl", "tls", "mqtts" -> plain(address, host, port(uri, 8883), true, path);
      case "ws" -> new BrokerAddress(host, port(uri, 80), false, path);
      case "wss" -> new BrokerAddress(host, port(uri, 443), true, path);
      default ->
          throw new IllegalArgumentException(
              "a broker address starts with tcp, mqtt, ssl, mqtts, ws or wss, not " + scheme);
    };
  }

  private static BrokerAddress plain(
      String address, String host, int port, boolean tls, String path) {
    if (!path.isEmpty()) {
      throw new IllegalArgumentException("only a WebSocket address has a path: " + address);
    }
    return new BrokerAddress(host, port, tls, null);
  }

  private static int port(URI uri, int otherwise) {
    return uri.getPort() == -1 ? otherwise : uri.getPort();
  }
}
