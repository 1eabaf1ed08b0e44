package io.propeller.operator;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.immutables.value.Value;

/**
 * How builders are generated. In the sources alone: in a class file it would have whoever compiles
 * against it warned of an annotation that they lack.
 */
@Value.Style(
    visibility = Value.Style.ImplementationVisibility.PACKAGE,
    overshadowImplementation = true)
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.TYPE)
@interface Values {}
