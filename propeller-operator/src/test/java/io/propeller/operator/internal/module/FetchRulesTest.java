package io.propeller.operator.internal.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.google.common.net.InetAddresses;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchRulesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "::1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.100.100.200",
        "fe80::1",
        "fd00:ec2::254",
        "::ffff:10.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "224.0.0.1",
        "255.255.255.255"
      })
  void an_address_of_this_machine_of_a_private_network_or_of_metadata_is_not_public(
      String address) {
    assertThat(FetchRules.isPublic(InetAddresses.forString(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"140.82.121.33", "2606:50c0:8000::153", "172.32.0.1", "11.0.0.1"})
  void all_else_is(String address) {
    assertThat(FetchRules.isPublic(InetAddresses.forString(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://10.0.0.1/", // not with TLS
        "http://10.0.0.1:81/", // another port
        "http://user@10.0.0.1/",
        "http://10.0.0.2/",
        "file:///etc/passwd"
      })
  void only_what_was_named_may_be_fetched_from(String address) {
    FetchRules rules =
        new FetchRules(Set.of("http://10.0.0.1"), List.of(Network.parse("0.0.0.0/0")));

    assertThatIOException().isThrownBy(() -> rules.check(URI.create(address)));
    assertThatNoException().isThrownBy(() -> rules.check(URI.create("http://10.0.0.1/v2/")));
  }

  @Test
  void a_private_address_is_allowed_on_a_network_that_was_named() {
    FetchRules rules = new FetchRules(Set.of("10.0.0.1"), List.of(Network.parse("10.0.0.0/24")));
    FetchRules other = new FetchRules(Set.of("10.0.1.1"), List.of(Network.parse("10.0.0.0/24")));

    assertThatNoException().isThrownBy(() -> rules.check(URI.create("https://10.0.0.1/")));
    assertThatIOException()
        .isThrownBy(() -> other.check(URI.create("https://10.0.1.1/")))
        .withMessageContaining("not public");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10.0.0.0", "10.0.0.0/33", "host/8", "10.0.0.0/-1", "10.0.0.0/8/8"})
  void what_is_no_range_is_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Network.parse(text));
  }

  @Test
  void a_reference_is_read_with_all_its_parts() {
    String digest = "a".repeat(64);
    ImageReference full =
        ImageReference.parse("oci://registry.example.com:5000/team/app:v1@sha256:" + digest);

    assertThat(full.host()).isEqualTo("registry.example.com:5000");
    assertThat(full.repository()).isEqualTo("team/app");
    assertThat(full.tag()).contains("v1");
    assertThat(full.digest()).contains(digest);
    assertThat(ImageReference.parse("r.example.com/app").tag()).contains("latest");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "app", "app:v1", "r.example.com/../x", "r/app@sha256:1", "r/a b"})
  void what_is_no_reference_is_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ImageReference.parse(text));
  }
}
