package io.propeller.operator.internal.module;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.google.common.base.Throwables;
import io.propeller.operator.internal.module.TestRegistry.Seen;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pulls from a registry that wants to know who asks. */
class RegistryClientTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String RIGHT = basic("user:hunter2");
  private static final String BASIC = "Basic realm=\"registry\"";

  @TempDir private Path folder;
  private TestRegistry registry;
  private TestRegistry elsewhere;

  @BeforeEach
  void serve() throws Exception {
    registry = new TestRegistry();
    elsewhere = new TestRegistry();
  }

  @AfterEach
  void stop() {
    registry.close();
    elsewhere.close();
  }

  @Test
  void a_password_is_sent_once_it_is_asked_for() throws Exception {
    registry.guard("/v2/", RIGHT, 401, BASIC);

    assertPulls(client(file("user:hunter2")));

    assertThat(registry.seen("/v2/"))
        .extracting(Seen::authorization)
        .containsExactly(Optional.empty(), Optional.of(RIGHT), Optional.of(RIGHT));
  }

  @Test
  void a_registry_that_asks_nothing_is_told_nothing() throws Exception {
    assertPulls(client(file("user:hunter2")));

    assertThat(registry.seen("/")).extracting(Seen::authorization).containsOnly(Optional.empty());
  }

  @Test
  void a_token_is_asked_for_with_the_password_and_the_registry_gets_the_token_alone()
      throws Exception {
    registry.guard("/v2/", "Bearer t1", 401, BASIC, bearer(elsewhere));
    elsewhere.guard("/token", RIGHT, 401, BASIC);
    elsewhere.serve("/token", "{\"token\":\"t1\"}".getBytes(UTF_8));

    assertPulls(client(file("user:hunter2")));

    assertThat(registry.seen("/v2/"))
        .extracting(Seen::authorization)
        .containsExactly(Optional.empty(), Optional.of("Bearer t1"), Optional.of("Bearer t1"));
    assertThat(elsewhere.seen("/"))
        .containsExactly(
            new Seen("/token?a=b&service=s&scope=repository%3Aapp%3Apull", Optional.of(RIGHT)));
  }

  @Test
  void without_credentials_for_the_registry_a_token_is_asked_for_as_nobody() throws Exception {
    registry.guard("/v2/", "Bearer t1", 401, bearer(registry));
    registry.serve("/token", "{\"access_token\":\"t1\"}".getBytes(UTF_8));

    assertPulls(client(Optional.empty()));
    assertPulls(client(Optional.of(write(config("registry.example.com", "user:hunter2")))));

    assertThat(registry.seen("/token"))
        .extracting(Seen::authorization)
        .containsExactly(Optional.empty(), Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void a_wrong_password_is_sent_once_and_said_to_be_wrong(int status) throws Exception {
    registry.guard("/v2/", RIGHT, 401, BASIC);
    String wrong = basic("user:hunter3");
    RegistryClient client = client(file("user:hunter3"));

    assertRefused(client, "refuses with 401 the credentials that --registry-auth-file has for");
    assertThat(registry.seen("/"))
        .extracting(Seen::authorization)
        .containsExactly(Optional.empty(), Optional.of(wrong));

    registry.guard("/v2/", "Bearer t1", 401, bearer(registry));
    registry.guard("/token", RIGHT, status, BASIC);
    assertRefused(
        client, "refuses with " + status + " the credentials that --registry-auth-file has for");
    assertThat(registry.seen("/token"))
        .extracting(Seen::authorization)
        .containsExactly(Optional.of(wrong));
  }

  @Test
  void a_token_that_does_not_help_is_asked_for_once() throws Exception {
    registry.guard("/v2/", "Bearer other", 401, bearer(registry));
    registry.serve("/token", "{\"token\":\"hunter4\"}".getBytes(UTF_8));

    assertRefused(client(file("user:hunter2")), "refuses with 401 the credentials");
    assertThat(registry.seen("/token")).hasSize(1);
    assertThat(registry.seen("/v2/")).hasSize(2);
  }

  @Test
  void who_has_no_credentials_is_told_which_option_would_give_them() throws Exception {
    registry.guard("/v2/", RIGHT, 401, BASIC);

    assertRefused(
        client(Optional.empty()),
        "answered 401, and there is no --registry-auth-file with credentials for");
    assertRefused(
        client(Optional.of(write(config("registry.example.com", "user:hunter2")))),
        "answered 401, and --registry-auth-file has no credentials for");
    assertThat(registry.seen("/")).extracting(Seen::authorization).containsOnly(Optional.empty());
  }

  @Test
  void a_registry_that_asks_for_something_else_gets_nothing() throws Exception {
    registry.guard("/v2/", RIGHT, 401, "Negotiate", "Bearer service=\"s\"");

    assertRefused(client(file("user:hunter2")), "asks for neither a password nor a token");
    assertThat(registry.seen("/")).extracting(Seen::authorization).containsOnly(Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hunter4", "{\"token\":\"hunter4\\r\\n\"}", "{\"token\":\"\"}", "[]"})
  void what_is_no_token_is_not_repeated(String answer) throws Exception {
    registry.guard("/v2/", "Bearer t1", 401, bearer(registry));
    registry.serve("/token", answer.getBytes(UTF_8));

    assertRefused(client(file("user:hunter2")), "127.0.0.1 answered without a token");
  }

  @Test
  void where_the_registry_sends_on_to_gets_no_credentials_even_if_it_asks() throws Exception {
    String blob = "/v2/app/blobs/" + TestRegistry.DIGEST;
    registry.guard("/v2/", RIGHT, 401, BASIC);
    registry.move(blob, elsewhere.url() + blob);

    assertPulls(client(file("user:hunter2")));
    elsewhere.guard("/v2/", RIGHT, 401, BASIC);
    assertRefused(client(file("user:hunter2")), "127.0.0.1 answered 401");

    assertThat(elsewhere.seen("/"))
        .hasSize(2)
        .extracting(Seen::authorization)
        .containsOnly(Optional.empty());
  }

  @Test
  void nor_does_a_token_go_there_or_come_back_from_there() throws Exception {
    String blob = "/v2/app/blobs/" + TestRegistry.DIGEST;
    registry.guard("/v2/", "Bearer t1", 401, bearer(registry));
    registry.serve("/token", "{\"token\":\"t1\"}".getBytes(UTF_8));
    registry.move(blob, elsewhere.url() + blob);
    elsewhere.move(blob, registry.url() + "/v2/other/manifests/v1");

    assertRefused(client(file("user:hunter2")), "127.0.0.1 answered 401");

    assertThat(elsewhere.seen("/"))
        .extracting(Seen::authorization)
        .containsExactly(Optional.empty());
    assertThat(registry.seen("/v2/other/"))
        .extracting(Seen::authorization)
        .containsExactly(Optional.empty());
  }

  @Test
  void who_gives_tokens_cannot_send_the_password_on() throws Exception {
    registry.guard("/v2/", "Bearer t1", 401, bearer(registry));
    registry.move("/token", elsewhere.url() + "/token");

    assertRefused(client(file("user:hunter2")), "asked for a token, answered 307");

    assertThat(elsewhere.seen("/")).isEmpty();
  }

  @Test
  void a_password_for_a_host_that_is_not_named_is_not_sent() throws Exception {
    registry.guard("/v2/", "Bearer t1", 401, bearer(elsewhere));
    FetchRules rules =
        new FetchRules(Set.of(registry.url()), List.of(Network.parse("127.0.0.0/8")));
    RegistryClient client =
        new RegistryClient(rules, TIMEOUT, file("user:hunter2").map(AuthFile::new));

    assertRefused(client, "is not one of the hosts that --registry-hosts names");

    assertThat(elsewhere.seen("/")).isEmpty();
  }

  @Test
  void a_password_for_a_registry_with_tls_is_not_sent_without() throws Exception {
    Path file = write(config("registry.example.com", "user:hunter2"));
    Authentication authentication =
        new Authentication(
            new Requests(rules(), TIMEOUT),
            URI.create("https://registry.example.com/v2/app/"),
            Optional.of(new AuthFile(file)));

    assertThatIOException()
        .isThrownBy(() -> authentication.answer(List.of(bearer(elsewhere))))
        .withMessage("registry.example.com asks to send its credentials to 127.0.0.1 without TLS");

    assertThat(authentication.authorization()).isEmpty();
    assertThat(elsewhere.seen("/")).isEmpty();
  }

  @Test
  void a_secret_that_is_swapped_as_the_kubelet_does_counts_at_the_next_pull() throws Exception {
    registry.guard("/v2/", RIGHT, 401, BASIC);
    Path data = folder.resolve("..data");
    Path file = folder.resolve("config.json");
    Files.createSymbolicLink(data, version("1", "user:hunter1"));
    Files.createSymbolicLink(file, Path.of("..data", "config.json"));
    RegistryClient client = client(Optional.of(file));
    assertRefused(client, "refuses with 401 the credentials");

    Path next = Files.createSymbolicLink(folder.resolve("next"), version("2", "user:hunter2"));
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);

    assertPulls(client);
  }

  @Test
  void a_file_that_went_or_was_spoilt_is_said_to_be_so_and_not_quoted() throws Exception {
    registry.guard("/v2/", RIGHT, 401, BASIC);
    Path file = file("user:hunter2").orElseThrow();
    RegistryClient client = client(Optional.of(file));
    assertPulls(client);

    Files.writeString(file, "{\"auths\":{\"" + registry.host() + "\":hunter2");
    assertRefused(client, "is not what --registry-auth-file needs: line 1, column ");

    Files.delete(file);
    assertRefused(client, file + " of a secret cannot be read: NoSuchFileException");

    assertPulls(client(file("user:hunter2")));
  }

  private RegistryClient client(Optional<Path> file) {
    return new RegistryClient(rules(), TIMEOUT, file.map(AuthFile::new));
  }

  private FetchRules rules() {
    return new FetchRules(
        Set.of(registry.url(), elsewhere.url()), List.of(Network.parse("127.0.0.0/8")));
  }

  private void assertPulls(RegistryClient client) throws Exception {
    assertThat(client.pull(registry.image()).toByteArray()).isEqualTo(TestRegistry.MODULE);
  }

  private void assertRefused(RegistryClient client, String reason) {
    assertThatIOException()
        .isThrownBy(() -> client.pull(registry.image()))
        .withMessageContaining(reason)
        .satisfies(
            e ->
                assertThat(Throwables.getStackTraceAsString(e))
                    .doesNotContain("hunter", RIGHT.substring(6), basic("user:hunter3")));
  }

  private Optional<Path> file(String login) throws IOException {
    return Optional.of(write(config(registry.host(), login)));
  }

  private Path write(String content) throws IOException {
    return Files.writeString(folder.resolve("written.json"), content);
  }

  private Path version(String name, String login) throws IOException {
    Path version = Files.createDirectory(folder.resolve(name));
    Files.writeString(version.resolve("config.json"), config(registry.host(), login));
    return version;
  }

  private static String config(String host, String login) {
    return "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(host, basic(login).substring(6));
  }

  private static String basic(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8));
  }

  private static String bearer(TestRegistry server) {
    return "Bearer realm=\"%s/token?a=b\",service=\"s\",scope=\"repository:app:pull\",error=\"x\""
        .formatted(server.url());
  }
}
