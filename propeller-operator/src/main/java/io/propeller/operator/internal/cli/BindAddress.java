package io.propeller.operator.internal.cli;

import com.google.common.net.HostAndPort;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * An address to listen on: {@code :8080}, {@code 127.0.0.1:8080}, or {@code 0} for none.
 *
 * @param address is empty for none
 */
record BindAddress(Optional<InetSocketAddress> address) {

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none; the message says what would be
   */
  static BindAddress parse(String text) {
    if (text.equals("0")) {
      return new BindAddress(Optional.empty());
    }
    try {
      if (text.startsWith(":")) {
        return of(new InetSocketAddress(Integer.parseInt(text.substring(1))));
      }
      HostAndPort address = HostAndPort.fromString(text);
      return of(new InetSocketAddress(address.getHost(), address.getPort()));
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new IllegalArgumentException(
          "not an address such as :8080 or 127.0.0.1:8080, or 0 for none", e);
    }
  }

  private static BindAddress of(InetSocketAddress address) {
    return new BindAddress(Optional.of(address));
  }
}
