package io.propeller.testkit.mqtt;

import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands out one broker of a kind to all tests of a run, and closes it after the last. */
abstract class SharedBroker<B extends BrokerServer> implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(SharedBroker.class);

  private final Class<B> kind;
  private final Supplier<B> start;

  SharedBroker(Class<B> kind, Supplier<B> start) {
    this.kind = kind;
    this.start = start;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == kind || type == BrokerServer.class;
  }

  @Override
  public B resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(kind, key -> start.get(), kind);
  }
}
