import static java.util.Map.entry;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Generates the CRDs from the compiled resources, and adds to them what the generator cannot say.
 *
 * <p>This is a step of the build, run by Java's source launcher after the classes are compiled, and
 * no part of the jar. Arguments: the folder of the classes, the folder of their sources, the names
 * of the resources' classes. It writes to {@code META-INF/fabric8} in the folder of the classes.
 *
 * <p>What it adds: descriptions, which are the Javadoc of the beans; list types; formats; bounds
 * that keep whole numbers within what Java can hold, none of which is negative; the rule that the
 * spec of a started Task stays as it is; and the order of the printer columns.
 */
final class GenerateCrds implements CRDPostProcessor {

  /** How lists are merged, by class and field; all others are atomic. */
  private static final Map<String, ListType> LIST_TYPES =
      Map.ofEntries(
          entry("PropletSpec.taints", ListType.map("key", "effect")),
          entry("PropletSpec.profiles", ListType.map("name")),
          entry("Profile.conditions", ListType.map("name")),
          entry("ExternalSpec.capabilities", ListType.set()),
          entry("PropletStatus.conditions", ListType.map("type")),
          entry("TaskSpec.dependsOn", ListType.set()),
          entry("PropletSelector.matchCapabilities", ListType.set()),
          entry("PropletSelector.matchDeviceTypes", ListType.set()),
          entry("PropletSelector.profiles", ListType.map("name")),
          entry("ProfileRequirement.conditions", ListType.set()),
          entry("TaskStatus.conditions", ListType.map("type")),
          entry("TaskStatus.runAttempts", ListType.map("number")),
          entry("TaskStatus.targets", ListType.set()),
          entry("PropellerJobSpec.taskRefs", ListType.set()),
          entry("PropellerJobStatus.conditions", ListType.map("type")),
          entry("FederatedJobSpec.participants", ListType.map("propletId")),
          entry("FederatedJobStatus.participants", ListType.map("propletId")),
          entry("FederatedJobStatus.history", ListType.map("round")),
          entry("FederatedJobStatus.conditions", ListType.map("type")),
          entry("TrainingRoundSpec.participants", ListType.set()),
          entry("TrainingRoundStatus.participants", ListType.map("propletId")),
          entry("TrainingRoundStatus.conditions", ListType.map("type")));

  /** What a text must be, by class and field. A rule sees such a field as a duration. */
  private static final Map<String, String> FORMATS =
      Map.ofEntries(
          entry("ConnectionConfig.mqttTimeout", "duration"),
          entry("PropletEnv.livelinessInterval", "duration"),
          entry("PropletEnv.metricsInterval", "duration"),
          entry("MonitoringProfile.interval", "duration"),
          entry("RetryPolicy.interval", "duration"),
          entry("RetryPolicy.maxInterval", "duration"));

  /** Fields of fabric8's classes, whose Javadoc is not at hand, by class and field. */
  private static final Map<String, String> DESCRIPTIONS =
      Map.ofEntries(
          entry("SecretKeySelector.name", "Name of the Secret, in the same namespace."),
          entry("SecretKeySelector.key", "Key in the Secret."),
          entry("SecretKeySelector.optional", "Whether the Secret or the key may be missing."),
          entry("LabelSelectorRequirement.key", "Key of the label."),
          entry(
              "LabelSelectorRequirement.operator",
              "How the label is compared: In, NotIn, Exists or DoesNotExist."),
          entry(
              "LabelSelectorRequirement.values",
              "Values that the label is compared with; for In and NotIn only."),
          entry("LocalObjectReference.name", "Name of the resource, in the same namespace."),
          entry("ObjectReference.apiVersion", "Group and version of the resource."),
          entry("ObjectReference.kind", "Kind of the resource."),
          entry("ObjectReference.namespace", "Namespace of the resource."),
          entry("ObjectReference.name", "Name of the resource."),
          entry("ObjectReference.uid", "Unique id of the resource."),
          entry("ObjectReference.resourceVersion", "Version of the resource that is meant."),
          entry("ObjectReference.fieldPath", "Part of the resource that is meant."),
          entry("Condition.type", "What the condition is about."),
          entry("Condition.status", "Whether it holds: True, False or Unknown."),
          entry("Condition.reason", "Why, as one word for programs."),
          entry("Condition.message", "Why, in words for people."),
          entry("Condition.lastTransitionTime", "When the status last changed."),
          entry("Condition.observedGeneration", "Generation of the spec that it speaks of."));

  /** Fields of fabric8's classes that must be there, by class. */
  private static final Map<String, List<String>> REQUIRED =
      Map.of(
          "SecretKeySelector", List.of("key", "name"),
          "LabelSelectorRequirement", List.of("key", "operator"),
          "LocalObjectReference", List.of("name"),
          "Condition", List.of("lastTransitionTime", "message", "reason", "status", "type"));

  /** What may be changed in the spec of a Task that has started. */
  private static final Set<String> CHANGEABLE = Set.of("suspend", "ttlSecondsAfterFinished");

  /** A quantity as the API server reads it, and not negative. */
  private static final String QUANTITY =
      "^\\+?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$";

  /**
   * Base64 with padding, perhaps on several lines. Not by the format byte: the API server's rules
   * read that in the alphabet of URLs.
   */
  private static final String BASE64 =
      "^([A-Za-z0-9+/]{4}\\s*)*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?\\s*$";

  /** No manifest is longer, so this bounds nothing; the API server wants it to estimate costs. */
  private static final long LONGEST_REQUEST = 3L << 20;

  private final Map<String, String> javadoc;

  private GenerateCrds(Map<String, String> javadoc) {
    this.javadoc = javadoc;
  }

  public static void main(String[] args) throws Exception {
    Path output = Path.of(args[0], "META-INF", "fabric8");
    Files.createDirectories(output);
    List<Class<? extends HasMetadata>> kinds = new ArrayList<>();
    for (String name : Arrays.copyOfRange(args, 2, args.length)) {
      kinds.add(Class.forName(name).asSubclass(HasMetadata.class));
    }
    GenerateCrds additions = new GenerateCrds(javadocOf(Path.of(args[1])));
    new CRDGenerator()
        .inOutputDir(output.toFile())
        .forCRDVersions("v1")
        .withPostProcessor(additions)
        .customResourceClasses(kinds)
        .detailedGenerate();
  }

  @Override
  public HasMetadata process(HasMetadata generated, String version) {
    CustomResourceDefinition crd = (CustomResourceDefinition) generated;
    Class<?> kind = kindOf(crd);
    CustomResourceDefinitionVersion only = crd.getSpec().getVersions().get(0);
    List<String> order =
        Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
            .map(AdditionalPrinterColumn::name)
            .toList();
    only.getAdditionalPrinterColumns()
        .sort(Comparator.comparingInt(column -> order.indexOf(column.getName())));

    JSONSchemaProps root = only.getSchema().getOpenAPIV3Schema();
    root.setDescription(javadocOf(kind.getSimpleName()));
    root.setRequired(List.of("spec"));
    Type[] parts = ((ParameterizedType) kind.getGenericSuperclass()).getActualTypeArguments();
    List<String> names = List.of("spec", "status");
    for (int i = 0; i < parts.length; i++) {
      JSONSchemaProps part = root.getProperties().get(names.get(i));
      part.setDescription(javadocOf(((Class<?>) parts[i]).getSimpleName()));
      complete(part, parts[i]);
    }
    if (kind.getSimpleName().equals("Task")) {
      List<ValidationRule> rules = new ArrayList<>(root.getXKubernetesValidations());
      rules.addAll(specOfStartedTaskStays(root.getProperties().get("spec")));
      root.setXKubernetesValidations(rules);
    }
    return crd;
  }

  private static Class<?> kindOf(CustomResourceDefinition crd) {
    try {
      return Class.forName("io.propeller.api.v1." + crd.getSpec().getNames().getKind());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Completes the schema of a type, and of what it is made of. */
  private void complete(JSONSchemaProps schema, Type type) {
    if (schema.getProperties() != null) {
      // The generator takes the getter of the unknown fields for a field.
      schema.getProperties().remove("getAdditionalProperties");
    }
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        complete(schema.getItems().getSchema(), arguments[0]);
      } else if (generic.getRawType() == Map.class) {
        complete(schema.getAdditionalProperties().getSchema(), arguments[1]);
      }
    } else if (type == Quantity.class) {
      schema.setPattern(QUANTITY);
    } else if (type == Instant.class) {
      schema.setXKubernetesPreserveUnknownFields(null);
      schema.setType("string");
      schema.setFormat("date-time");
    } else if (type == int.class || type == Integer.class) {
      bound(schema, "int32", Integer.MAX_VALUE);
    } else if (type == long.class || type == Long.class) {
      bound(schema, "int64", 1L << 53);
    } else if (schema.getProperties() != null && !schema.getProperties().isEmpty()) {
      Class<?> bean = (Class<?>) type;
      schema.getProperties().forEach((name, part) -> completeField(part, bean, name));
      if (REQUIRED.containsKey(bean.getSimpleName())) {
        schema.setRequired(REQUIRED.get(bean.getSimpleName()));
      }
    }
  }

  private void completeField(JSONSchemaProps schema, Class<?> bean, String name) {
    Field field = fieldOf(bean, name);
    String key = bean.getSimpleName() + "." + field.getName();
    schema.setDescription(description(key, field.getType()));
    complete(schema, field.getGenericType());
    if (field.getType() == List.class) {
      ListType list = LIST_TYPES.getOrDefault(key, ListType.ATOMIC);
      schema.setXKubernetesListType(list.name());
      schema.setXKubernetesListMapKeys(list.keys());
    }
    if (FORMATS.containsKey(key)) {
      schema.setFormat(FORMATS.get(key));
      schema.setMaxLength(64L);
    }
    switch (key) {
      case "TaskSpec.file", "FederatedJobSpec.taskFile" -> {
        schema.setPattern(BASE64);
        schema.setMaxLength(LONGEST_REQUEST);
      }
      case "TaskSpec.inputs" -> schema.getItems().setSchema(textOrWholeNumber());
      case "Condition.lastTransitionTime" -> schema.setFormat("date-time");
      case "Condition.status" -> schema.setEnum(texts("True", "False", "Unknown"));
      case "Condition.type", "Condition.reason" -> schema.setMaxLength(1024L);
      case "LabelSelectorRequirement.operator" ->
          schema.setEnum(texts("In", "NotIn", "Exists", "DoesNotExist"));
      case "LabelSelectorRequirement.key" -> schema.setMaxLength(317L);
      case "LabelSelectorRequirement.values" -> {
        schema.setMaxItems(256L);
        schema.getItems().getSchema().setMaxLength(63L);
      }
      case "PropletSelector.matchLabels" ->
          schema.getAdditionalProperties().getSchema().setMaxLength(63L);
      case "SecretKeySelector.name", "SecretKeySelector.key", "LocalObjectReference.name" -> {
        schema.setMinLength(1L);
        schema.setMaxLength(253L);
      }
      default -> {}
    }
  }

  private static JSONSchemaProps textOrWholeNumber() {
    return new JSONSchemaPropsBuilder()
        .addNewAnyOf()
        .withType("integer")
        .endAnyOf()
        .addNewAnyOf()
        .withType("string")
        .endAnyOf()
        .withXKubernetesIntOrString(true)
        .withMaxLength(32768L)
        .build();
  }

  private static void bound(JSONSchemaProps schema, String format, long max) {
    schema.setFormat(format);
    if (schema.getMaximum() == null) {
      schema.setMaximum((double) max);
    }
    if (schema.getMinimum() == null) {
      schema.setMinimum(0.0);
    }
  }

  /**
   * Says of each field of the spec, but for the changeable ones, that it is as before once the Task
   * has started. They are rules of the root, since only that sees the status, and one for each
   * field, so that the refusal names it. An input may turn from a number into its text, which is
   * the same input. A rule cannot see a field that takes any JSON, so those are not compared.
   */
  private static List<ValidationRule> specOfStartedTaskStays(JSONSchemaProps spec) {
    return new TreeSet<>(spec.getProperties().keySet())
        .stream()
            .filter(field -> !CHANGEABLE.contains(field))
            .filter(field -> spec.getProperties().get(field).getType() != null)
            .map(GenerateCrds::staysTheSame)
            .toList();
  }

  private static ValidationRule staysTheSame(String field) {
    String now = "self.spec." + field;
    String before = "oldSelf.spec." + field;
    String text = field.equals("inputs") ? ".map(i, string(i))" : "";
    // Not by optionals, of which the API server cannot estimate the cost.
    String same =
        "has(%s) == has(%s) && (!has(%s) || %s == %s)"
            .formatted(now, before, now, now + text, before + text);
    return new ValidationRuleBuilder()
        .withRule("!has(oldSelf.status) || !has(oldSelf.status.startedAt) || (" + same + ")")
        .withMessage(
            "the spec of a task that has started cannot change, save "
                + String.join(" and ", new TreeSet<>(CHANGEABLE))
                + ": make a new task")
        .withFieldPath(".spec." + field)
        .build();
  }

  private String description(String key, Class<?> type) {
    String text = DESCRIPTIONS.containsKey(key) ? DESCRIPTIONS.get(key) : javadocOf(key);
    if (!type.isEnum()) {
      return text;
    }
    return text
        + Arrays.stream(type.getFields())
            .filter(Field::isEnumConstant)
            .map(
                constant ->
                    "\n- "
                        + wireName(constant)
                        + ": "
                        + javadocOf(type.getSimpleName() + "." + constant.getName()))
            .collect(Collectors.joining());
  }

  private String javadocOf(String key) {
    String text = javadoc.get(key);
    if (text == null) {
      throw new IllegalStateException(key + " has no Javadoc, of which its description is made");
    }
    return text;
  }

  private static Field fieldOf(Class<?> bean, String name) {
    return Stream.<Class<?>>iterate(bean, c -> c != null, Class::getSuperclass)
        .flatMap(c -> Arrays.stream(c.getDeclaredFields()))
        .filter(field -> wireName(field).equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(bean + " has no field for " + name));
  }

  private static String wireName(Field field) {
    JsonProperty property = field.getAnnotation(JsonProperty.class);
    return property == null || property.value().isEmpty() ? field.getName() : property.value();
  }

  private static List<JsonNode> texts(String... values) {
    return Arrays.stream(values).<JsonNode>map(TextNode::valueOf).toList();
  }

  /** Returns the Javadoc of the classes and their fields, as plain text, by class and field. */
  private static Map<String, String> javadocOf(Path sources) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> paths = Files.walk(sources)) {
      List<Path> java = paths.filter(path -> path.toString().endsWith(".java")).toList();
      var task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(java));
      DocTrees trees = DocTrees.instance(task);
      Map<String, String> found = new HashMap<>();
      for (CompilationUnitTree unit : task.parse()) {
        new TreePathScanner<Void, String>() {
          @Override
          public Void visitClass(ClassTree tree, String outer) {
            keep(tree.getSimpleName().toString());
            return super.visitClass(tree, tree.getSimpleName().toString());
          }

          @Override
          public Void visitVariable(VariableTree tree, String outer) {
            if (getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.CLASS
                || getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.ENUM) {
              keep(outer + "." + tree.getName());
            }
            return null;
          }

          private void keep(String key) {
            String comment = trees.getDocComment(getCurrentPath());
            if (comment != null) {
              found.put(key, plain(comment));
            }
          }
        }.scan(unit, "");
      }
      return found;
    }
  }

  private static String plain(String comment) {
    return comment
        .replaceAll("\\{@(?:code|link|literal) +#?([^}]*)}", "$1")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .replaceAll("\\s+", " ")
        .replaceAll(" ?<p> ?", "\n\n")
        .strip();
  }

  private record ListType(String name, List<String> keys) {
    static final ListType ATOMIC = new ListType("atomic", List.of());

    static ListType set() {
      return new ListType("set", List.of());
    }

    static ListType map(String... keys) {
      return new ListType("map", List.of(keys));
    }
  }
}
