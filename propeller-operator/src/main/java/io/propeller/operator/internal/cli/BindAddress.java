package io.propeller.operator.internal.cli;

import com.google.common.net.HostAndPort;
import java.net.InetSocketAddress;
import java.util.Optional;
import picocli.CommandLine.TypeConversionException;

/** Reads addresses to listen on: {@code :8080}, {@code 127.0.0.1:8080}, or {@code 0} for none. */
final class BindAddress {

  private BindAddress() {}

  static Optional<InetSocketAddress> parse(String option, String text) {
    if (text.equals("0")) {
      return Optional.empty();
    }
    try {
      if (text.startsWith(":")) {
        return Optional.of(new InetSocketAddress(Integer.parseInt(text.substring(1))));
      }
      HostAndPort address = HostAndPort.fromString(text);
      return Optional.of(new InetSocketAddress(address.getHost(), address.getPort()));
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new TypeConversionException(
          "Invalid value for option '"
              + option
              + "': '"
              + text
              + "' is not an address such as :8080 or 127.0.0.1:8080, or 0 for none");
    }
  }
}
