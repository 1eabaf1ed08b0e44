package io.propeller.operator.internal.module;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Base64;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryCredentialsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Property(tries = 300)
  void any_user_and_password_come_out_as_they_went_in_by_either_way(
      @ForAll("users") String user, @ForAll String password) throws Exception {
    String auth = base64((user + ":" + password).getBytes(UTF_8));

    assertThat(authorization(Map.of("auth", auth))).isEqualTo("Basic " + auth);
    assertThat(authorization(Map.of("username", user, "password", password)))
        .isEqualTo("Basic " + auth);
  }

  @Property(tries = 100)
  void a_password_that_is_not_utf_8_stays_what_it_is(@ForAll byte[] password) throws Exception {
    String auth = base64(("u:" + new String(password, ISO_8859_1)).getBytes(ISO_8859_1));

    assertThat(authorization(Map.of("auth", auth))).isEqualTo("Basic " + auth);
  }

  @Property(tries = 300)
  void no_message_holds_anything_of_a_file_that_is_cut_off(@ForAll("lengths") int length) {
    String whole =
        """
        {"auths": {"registry.example.com": {"username": "hunter1", "password": "hunter2"}}}\
        """;

    assertThatIllegalArgumentException()
        .isThrownBy(() -> RegistryCredentials.parse(whole.substring(0, length)))
        .withNoCause()
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter", "registry.example"));
  }

  @Test
  void both_ways_at_once_mean_what_auth_says() throws Exception {
    String auth = base64("u:right".getBytes(UTF_8));

    assertThat(authorization(Map.of("auth", auth, "username", "u", "password", "wrong")))
        .isEqualTo("Basic " + auth);
  }

  @ParameterizedTest
  @CsvSource({
    "registry.example.com, registry.example.com",
    "Registry.example.com, registry.EXAMPLE.com",
    "registry.example.com:5000, registry.example.com:5000",
    "https://registry.example.com, registry.example.com",
    "https://registry.example.com/, registry.example.com",
    "https://registry.example.com/v1/, registry.example.com",
    "http://registry.example.com:5000/v2, registry.example.com:5000",
    "https://index.docker.io/v1/, registry-1.docker.io",
    "https://index.docker.io/v1/, docker.io",
    "docker.io, index.docker.io"
  })
  void a_key_stands_for_a_host(String key, String host) throws Exception {
    assertThat(parse(key, "{\"username\":\"u\",\"password\":\"p\"}").find(host)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "registry.example.com, example.com",
    "registry.example.com, registry.example.com:5000",
    "registry.example.com:5000, registry.example.com",
    "example.com, registry.example.com",
    "https://index.docker.io/v1/, hub.docker.io"
  })
  void and_for_no_other(String key, String host) throws Exception {
    assertThat(parse(key, "{\"username\":\"u\",\"password\":\"p\"}").find(host)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "hunter2",
        "{\"auths\":[]}",
        "{\"registry.example.com\":{\"auth\":\"dTpodW50ZXIy\"}}",
        "{\"auths\":{\"registry.example.com\":{}}}",
        "{\"auths\":{\"registry.example.com\":\"hunter2\"}}",
        "{\"auths\":{\"registry.example.com\":{\"auth\":\"hunter2!\"}}}",
        "{\"auths\":{\"registry.example.com\":{\"auth\":\"aHVudGVyMg==\"}}}", // no colon
        "{\"auths\":{\"registry.example.com\":{\"auth\":\"Omh1bnRlcjI=\"}}}", // no user
        "{\"auths\":{\"registry.example.com\":{\"username\":\"hunter2\"}}}",
        "{\"auths\":{\"registry.example.com\":{\"username\":\"u:v\",\"password\":\"hunter2\"}}}",
        "{\"auths\":{\"registry.example.com\":{\"username\":\"\",\"password\":\"hunter2\"}}}",
        "{\"auths\":{\"registry.example.com\":{\"auth\":\"dTpw\",\"identitytoken\":\"hunter2\"}}}",
        "{\"auths\":{\"registry.example.com/hunter2\":{\"auth\":\"dTpw\"}}}",
        "{\"auths\":{\"hunter2@registry.example.com\":{\"auth\":\"dTpw\"}}}",
        "{\"auths\":{\"docker.io\":{\"auth\":\"dTpw\"},\"index.docker.io\":{\"auth\":\"dTpw\"}}}",
        "{\"auths\":{}} hunter2"
      })
  void what_is_not_such_a_file_is_refused_without_a_word_of_it(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RegistryCredentials.parse(text))
        .withNoCause()
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2", "dTp"));
  }

  @Test
  void a_file_may_name_nobody() {
    assertThat(RegistryCredentials.parse("{\"auths\":{}}").find("registry.example.com")).isEmpty();
  }

  @Test
  void what_was_read_does_not_show_itself() throws Exception {
    RegistryCredentials credentials =
        parse("registry.example.com", "{\"username\":\"u\",\"password\":\"hunter2\"}");

    assertThat(credentials.find("registry.example.com")).hasToString("Optional[***]");
  }

  @Provide
  Arbitrary<String> users() {
    return Arbitraries.strings().ofMinLength(1).filter(user -> !user.contains(":"));
  }

  @Provide
  Arbitrary<Integer> lengths() {
    return Arbitraries.integers().between(0, 80);
  }

  private static String authorization(Map<String, String> entry) throws Exception {
    return parse("registry.example.com", JSON.writeValueAsString(entry))
        .find("registry.example.com")
        .orElseThrow()
        .reveal();
  }

  private static RegistryCredentials parse(String key, String entry) throws Exception {
    return RegistryCredentials.parse(
        "{\"auths\":{%s:%s}}".formatted(JSON.writeValueAsString(key), entry));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
