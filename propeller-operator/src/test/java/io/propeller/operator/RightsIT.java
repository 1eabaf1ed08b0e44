package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.propeller.testkit.kube.ApiRequest;
import io.propeller.testkit.kube.KubeControlPlane;
import io.propeller.testkit.kube.WithKubeControlPlane;
import java.net.HttpURLConnection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Compares the rights of install.yaml with what the operators of all other integration tests have
 * asked for, which run under its account before this one.
 */
@Order(Integer.MAX_VALUE)
@WithKubeControlPlane
class RightsIT {

  @Test
  void no_verb_is_used_and_not_granted(KubeControlPlane server) {
    assertThat(
            requests(server)
                .filter(request -> request.status() == HttpURLConnection.HTTP_FORBIDDEN))
        .as("add to propeller-operator/src/install/rights.yaml")
        .isEmpty();
    assertThat(used(server)).as("used").isSubsetOf(granted());
  }

  @Test
  void no_verb_is_granted_and_not_used(KubeControlPlane server) {
    assumeTrue(System.getProperty("it.test", "*").contains("*"), "only some tests have run");

    assertThat(granted()).as("granted").isSubsetOf(used(server));
  }

  private static Set<String> used(KubeControlPlane server) {
    return requests(server)
        .map(request -> right(request.verb(), request.group(), request.resource()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<ApiRequest> requests(KubeControlPlane server) {
    return server.requestsOf(OperatorAccount.NAMESPACE, OperatorAccount.NAME).stream();
  }

  private static Set<String> granted() {
    Stream<PolicyRule> rules =
        Stream.concat(
            Installation.objects(ClusterRole.class).stream()
                .flatMap(role -> role.getRules().stream()),
            Installation.objects(Role.class).stream().flatMap(role -> role.getRules().stream()));
    Set<String> rights = new TreeSet<>();
    rules.forEach(
        rule ->
            rule.getApiGroups()
                .forEach(
                    group ->
                        rule.getResources()
                            .forEach(
                                resource ->
                                    rule.getVerbs()
                                        .forEach(
                                            verb -> rights.add(right(verb, group, resource))))));
    return rights;
  }

  private static String right(String verb, String group, String resource) {
    return verb + " " + resource + (group.isEmpty() ? "" : "." + group);
  }
}
