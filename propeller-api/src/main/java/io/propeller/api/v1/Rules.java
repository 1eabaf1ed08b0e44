package io.propeller.api.v1;

import io.fabric8.generator.annotation.ValidationRule;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The rules of a type that has several; the generator of the CRDs reads one at most by itself. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Rules {

  /** Returns the rules, in the order in which the API server checks them. */
  ValidationRule[] value();
}
