package io.propeller.fl.internal;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.immutables.value.Value;

/**
 * How values are implemented: behind their interface, where nobody sees it. Not kept in class
 * files, so that who compiles against them does not need Immutables.
 */
@Value.Style(
    overshadowImplementation = true,
    visibility = Value.Style.ImplementationVisibility.PACKAGE,
    allowedClasspathAnnotations = Override.class)
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.TYPE)
public @interface ValueStyle {}
