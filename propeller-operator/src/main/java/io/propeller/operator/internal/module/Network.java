package io.propeller.operator.internal.module;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;

/**
 * A range of addresses.
 *
 * @param address one of them
 * @param prefix how many of its leading bits all have in common
 */
public record Network(InetAddress address, int prefix) {

  /**
   * Reads a range such as {@code 10.0.0.0/8}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Network parse(String text) {
    String[] parts = text.split("/", -1);
    try {
      InetAddress address = InetAddresses.forString(parts[0]);
      int bits = address.getAddress().length * 8;
      int prefix = parts.length == 2 ? Integer.parseInt(parts[1]) : -1;
      if (prefix < 0 || prefix > bits) {
        throw new IllegalArgumentException("the prefix is missing or out of range");
      }
      return new Network(address, prefix);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'%s' is not a range of addresses such as 10.0.0.0/8".formatted(text), e);
    }
  }

  /** Returns whether an address is one of the range. */
  boolean contains(InetAddress other) {
    byte[] ours = address.getAddress();
    byte[] theirs = other.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((ours[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return address.getHostAddress() + "/" + prefix;
  }
}
