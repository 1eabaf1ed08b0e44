package io.propeller.testkit.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.propeller.testkit.internal.MissingServers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Carries out {@link WithKubeControlPlane}. */
final class KubeControlPlaneExtension
    implements ExecutionCondition, BeforeAllCallback, BeforeEachCallback, ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(KubeControlPlaneExtension.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<String> remedy =
        KubeBinaries.find() instanceof KubeBinaries.Missing missing
            ? Optional.of(missing.remedy())
            : Optional.empty();
    return MissingServers.evaluate(remedy, System.getenv());
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    install(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (AnnotationSupport.isAnnotated(context.getElement(), WithKubeControlPlane.class)) {
      install(context);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == KubernetesClient.class || type == KubeControlPlane.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == KubeControlPlane.class
        ? controlPlane(context)
        : client(context);
  }

  private static void install(ExtensionContext context) {
    AnnotationSupport.findAnnotation(context.getElement(), WithKubeControlPlane.class)
        .filter(annotation -> annotation.install().length > 0)
        .ifPresent(annotation -> controlPlane(context).install(List.of(annotation.install())));
  }

  private static KubeControlPlane controlPlane(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            KubeControlPlane.class, type -> KubeControlPlane.start(), KubeControlPlane.class);
  }

  /** One client for each test, which its store closes. */
  private static KubernetesClient client(ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            "client of " + context.getUniqueId(),
            key -> newClient(controlPlane(context)),
            KubernetesClient.class);
  }

  private static KubernetesClient newClient(KubeControlPlane controlPlane) {
    Config config =
        new ConfigBuilder(controlPlane.config()).withNamespace(controlPlane.newNamespace()).build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
