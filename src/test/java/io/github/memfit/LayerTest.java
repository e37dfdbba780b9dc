package io.github.memfit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.Architectures;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The floors of docs/ARCHITECTURE.md: arrows point down only. */
class LayerTest {

    private static final String ROOT = "io.github.memfit";

    /** Who may be used by whom: for each package, the packages that it may see. */
    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("unit", List.of()),
            Map.entry("internal", List.of("unit")),
            Map.entry("cgroup", List.of("unit", "internal")),
            Map.entry("procfs", List.of("unit", "internal")),
            Map.entry("kubernetes", List.of("unit", "internal")),
            Map.entry("usage", List.of("unit", "internal")),
            Map.entry("container", List.of("cgroup", "procfs", "unit", "internal")),
            Map.entry("sizing", List.of("usage", "kubernetes", "unit", "internal")),
            Map.entry("tuning", List.of("unit", "internal")),
            Map.entry("live", List.of("tuning", "container", "cgroup", "procfs", "unit", "internal")));

    private static final JavaClasses CLASSES =
            new ClassFileImporter().importPath(Path.of(System.getProperty("memfit.basedir", "."), "target/classes"));

    @Test
    void arrowsPointDown() {
        Architectures.LayeredArchitecture floors =
                Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String name : MAY_USE.keySet()) {
            floors = floors.optionalLayer(name).definedBy(ROOT + "." + name + "..");
        }
        for (Map.Entry<String, List<String>> floor : MAY_USE.entrySet()) {
            floors = floor.getValue().isEmpty()
                    ? floors.whereLayer(floor.getKey()).mayNotAccessAnyLayer()
                    : floors.whereLayer(floor.getKey())
                            .mayOnlyAccessLayers(floor.getValue().toArray(String[]::new));
        }
        floors.check(CLASSES);
    }

    @Test
    void noCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void optionalLibrariesStayInTheirPackage() {
        seenOnlyIn("tools.jackson..", ROOT + ".format..");
        seenOnlyIn("oshi..", ROOT + ".host..");
        seenOnlyIn("io.micrometer..", ROOT + ".micrometer..");
        seenOnlyIn("jdk.jfr..", ROOT + ".jfr..");
        seenOnlyIn("org.junit..", ROOT + ".junit..");
    }

    @Test
    void calculatorsDoNoInputOrOutputReadNoClockAndStartNoThread() {
        for (String name : List.of("unit", "kubernetes", "usage", "sizing", "tuning")) {
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + "." + name + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "java.nio.file..", "java.nio.channels..", "java.net..", "java.lang.management..")
                    .orShould()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.lang.Thread")
                    .orShould()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.lang.ProcessBuilder")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(java.time.Instant.class, "now")
                    .allowEmptyShould(true)
                    .check(CLASSES);
        }
    }

    @Test
    void loadedClassesTouchNothingGlobal() {
        noClasses()
                .should()
                .callMethod(Runtime.class, "addShutdownHook", Thread.class)
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.ServiceLoader")
                .check(CLASSES);
    }

    @Test
    void exportedNamesAreValuesNotImplementations() {
        classes().should().haveSimpleNameNotEndingWith("Impl").check(CLASSES);
    }

    /** Notebooks import every package at once: two types of one name would both be lost there. */
    @Test
    void exportedSimpleNamesAreUniqueAndNotThoseOfJavaBase() {
        Map<String, List<String>> packages = CLASSES.stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC) && type.isTopLevelClass())
                .filter(type -> !type.getPackageName().startsWith(ROOT + ".internal"))
                .collect(Collectors.groupingBy(
                        JavaClass::getSimpleName, Collectors.mapping(JavaClass::getPackageName, Collectors.toList())));
        packages.values().removeIf(homes -> homes.size() == 1);
        assertEquals(Map.of(), packages);
        Set<String> taken = Set.of(
                "Policy", "Target", "Process", "Record", "Runtime", "Clock", "Period", "Reader", "Duration", "Object");
        assertTrue(CLASSES.stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC) && type.isTopLevelClass())
                .noneMatch(type -> taken.contains(type.getSimpleName())));
    }

    private static void seenOnlyIn(String library, String home) {
        noClasses()
                .that()
                .resideOutsideOfPackage(home)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .allowEmptyShould(true)
                .check(CLASSES);
    }
}
