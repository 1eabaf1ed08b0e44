package io.propeller.testkit.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Hands out one server of a kind to all tests of a run, and closes it after the last. */
abstract class SharedApiServer<S extends ApiServer, A extends Annotation>
    implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(SharedApiServer.class);

  private final Class<S> kind;
  private final Supplier<S> start;
  private final Class<A> annotation;
  private final Function<A, Class<? extends HasMetadata>[]> installs;

  SharedApiServer(
      Class<S> kind,
      Supplier<S> start,
      Class<A> annotation,
      Function<A, Class<? extends HasMetadata>[]> installs) {
    this.kind = kind;
    this.start = start;
    this.annotation = annotation;
    this.installs = installs;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    install(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    install(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == KubernetesClient.class || type == ApiServer.class || type == kind;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == KubernetesClient.class
        ? client(context)
        : server(context);
  }

  private void install(ExtensionContext context) {
    AnnotationSupport.findAnnotation(context.getElement(), annotation)
        .map(installs)
        .filter(types -> types.length > 0)
        .ifPresent(types -> server(context).install(List.of(types)));
  }

  private S server(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(kind, key -> start.get(), kind);
  }

  /** One client for each test, which its store closes. */
  private KubernetesClient client(ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            "client of " + context.getUniqueId(),
            key -> newClient(server(context)),
            KubernetesClient.class);
  }

  private static KubernetesClient newClient(ApiServer server) {
    Config config = new ConfigBuilder(server.config()).withNamespace(server.newNamespace()).build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
