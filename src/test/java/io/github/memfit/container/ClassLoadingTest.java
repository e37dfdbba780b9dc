package io.github.memfit.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaStaticInitializer;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Loading a class opens no file: nothing that a static initializer reaches, however far, is input or output. */
class ClassLoadingTest {

    private static final List<String> INPUT =
            List.of("java.nio.file.Files", "java.nio.channels.", "java.io.File", "java.io.RandomAccessFile");

    @Test
    void staticInitializersOpenNothing() {
        JavaClasses classes = new ClassFileImporter()
                .importUrl(Container.class.getProtectionDomain().getCodeSource().getLocation());
        Set<String> reached = new TreeSet<>();
        Set<JavaCodeUnit> seen = new HashSet<>();
        Deque<JavaCodeUnit> left = new ArrayDeque<>();
        for (JavaClass type : classes) {
            Optional<JavaStaticInitializer> initializer = type.getStaticInitializer();
            initializer.ifPresent(left::add);
        }
        assertTrue(left.size() > 10, "the classes were not found");
        while (!left.isEmpty()) {
            JavaCodeUnit unit = left.pop();
            if (seen.add(unit)) {
                for (JavaCodeUnitAccess<?> access : calls(unit)) {
                    String owner = access.getTargetOwner().getFullName();
                    if (INPUT.stream().anyMatch(owner::startsWith)) {
                        reached.add(unit.getFullName() + " uses " + owner);
                    }
                    access.getTarget().resolveMember().ifPresent(target -> left.add((JavaCodeUnit) target));
                }
            }
        }
        assertEquals(Set.of(), reached);
    }

    private static Set<JavaCodeUnitAccess<?>> calls(JavaCodeUnit unit) {
        Set<JavaCodeUnitAccess<?>> calls = new HashSet<>(unit.getMethodCallsFromSelf());
        calls.addAll(unit.getConstructorCallsFromSelf());
        calls.addAll(unit.getMethodReferencesFromSelf());
        return calls;
    }
}
