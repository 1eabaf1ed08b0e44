package io.propeller.operator.internal.module;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Where may be fetched from: hosts that were named for it, and of those only what is on the public
 * network, or on a network that was named as well.
 *
 * @param hosts names of hosts, with their ports if not the usual one; {@code http://} before it
 *     means that it is spoken to without TLS
 * @param networks ranges that are allowed though they are not public
 */
public record FetchRules(Set<String> hosts, List<Network> networks) {

  private static final List<Network> NOT_PUBLIC =
      List.of(
          Network.parse("0.0.0.0/8"),
          Network.parse("100.64.0.0/10"),
          Network.parse("192.0.0.0/24"),
          Network.parse("198.18.0.0/15"),
          Network.parse("240.0.0.0/4"),
          Network.parse("fc00::/7"),
          Network.parse("64:ff9b::/96"));

  /** Copies what it is given. */
  public FetchRules {
    hosts = Set.copyOf(hosts);
    networks = List.copyOf(networks);
  }

  /** Returns the address of a host's registry. */
  URI registry(String host) {
    return URI.create((hosts.contains("http://" + host) ? "http://" : "https://") + host);
  }

  /**
   * Checks an address before it is fetched from. The name is resolved here; the JDK keeps the
   * answer for long enough to connect to what was checked.
   *
   * @throws IOException if it may not be, saying why
   */
  void check(URI uri) throws IOException {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    String host = uri.getHost();
    if (host == null || uri.getUserInfo() != null) {
      throw new IOException("the address has no host, or a user");
    }
    String authority = uri.getPort() == -1 ? host : host + ":" + uri.getPort();
    boolean named =
        scheme.equals("https")
            ? hosts.contains(authority)
            : scheme.equals("http") && hosts.contains("http://" + authority);
    if (!named) {
      throw new IOException(
          "%s://%s is not one of the hosts that --registry-hosts names"
              .formatted(scheme, authority));
    }
    for (InetAddress address : InetAddress.getAllByName(host)) {
      if (!isPublic(address) && networks.stream().noneMatch(one -> one.contains(address))) {
        throw new IOException(
            "%s is at %s, which is not public, and not on a network that --registry-networks names"
                .formatted(host, address.getHostAddress()));
      }
    }
  }

  static boolean isPublic(InetAddress address) {
    return !address.isLoopbackAddress()
        && !address.isLinkLocalAddress()
        && !address.isSiteLocalAddress()
        && !address.isAnyLocalAddress()
        && !address.isMulticastAddress()
        && NOT_PUBLIC.stream().noneMatch(network -> network.contains(address));
  }
}
