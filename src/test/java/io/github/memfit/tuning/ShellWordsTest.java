package io.github.memfit.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.memfit.unit.MalformedException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("bare")
class ShellWordsTest {

    @ParameterizedTest
    @ValueSource(strings = {"-Xmx512m", "-XX:MaxMetaspaceSize=96m", "--bind=[::]:80", "/dev/shm", "a,b:c@d%e+f.g_h"})
    void harmlessWordsStayBare(String word) {
        assertEquals(word.contains("[") ? "'" + word + "'" : word, ShellWords.quote(word));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a b", "a=b", "if", "done", "$HOME", "`id`", "*", "~", "a;b", "a&b", "#x", "!x", "a\nb", "ä"
            })
    void everythingElseIsQuoted(String word) {
        assertEquals("'" + word + "'", ShellWords.quote(word));
    }

    @Test
    void aSingleQuoteIsWrittenOutsideOfTheQuotes() {
        assertEquals("'it'\\''s'", ShellWords.quote("it's"));
        assertEquals("gunicorn --name 'it'\\''s $HOME'", ShellWords.join(List.of("gunicorn", "--name", "it's $HOME")));
    }

    @Test
    void whatNoArgumentCanHoldIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> ShellWords.quote("a\0b"));
        assertThrows(IllegalArgumentException.class, () -> ShellWords.quote("\ud800"));
        assertThrows(IllegalArgumentException.class, () -> ShellWords.quote("\udc00x"));
        assertEquals("'\ud83d\ude00'", ShellWords.quote("\ud83d\ude00"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            nullValues = "-",
            value = {
                "a b|a;b",
                "  a\tb  |a;b",
                "'a b'c|a bc",
                "\"a b\"|a b",
                "\"a\\\"b\"|a\"b",
                "\"a\\$b\"|a\\$b",
                "a\\ b|a b",
                "''|^^",
                "--workers 3 --name='x y'|--workers;3;--name=x y"
            })
    void linesAreTakenApartLikeShlex(String line, String words) {
        assertEquals(List.of(words.split(";", -1)), ShellWords.parse(line));
    }

    @Test
    void blankTextHasNoWords() {
        assertEquals(List.of(), ShellWords.parse(" \t\r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'a", "a \"b", "a\\", "\"a\\\""})
    void openQuotesAreRefusedWithTheirPlace(String line) {
        MalformedException malformed = assertThrows(MalformedException.class, () -> ShellWords.parse(line));
        assertEquals(line, malformed.text());
    }

    @Test
    void aVariableIsWrittenForEachReader() {
        EnvironmentVariable plain = EnvironmentVariable.of("NODE_OPTIONS", "--max-old-space-size=403");
        assertEquals("NODE_OPTIONS=--max-old-space-size=403", plain.toShell());
        assertEquals("ENV NODE_OPTIONS=\"--max-old-space-size=403\"", plain.toDockerfile());
        assertEquals("- name: NODE_OPTIONS\n  value: \"--max-old-space-size=403\"", plain.toKubernetes());

        EnvironmentVariable odd = EnvironmentVariable.of("X", "a\"b\\c $(HOME) $$");
        assertEquals("X='a\"b\\c $(HOME) $$'", odd.toShell());
        assertEquals("ENV X=\"a\\\"b\\\\c \\$(HOME) \\$\\$\"", odd.toDockerfile());
        assertEquals("- name: X\n  value: \"a\\\"b\\\\c $$(HOME) $$$$\"", odd.toKubernetes());
        assertEquals(
                "- name: X\n  value: \"5$\\n\\u0007\"",
                EnvironmentVariable.of("X", "5$\n\u0007").toKubernetes());
        assertEquals("X=", EnvironmentVariable.of("X", "").toShell());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1A", "A-B", "A B", "A=B", "ä", "A;rm"})
    void aVariablesNameIsChecked(String name) {
        assertThrows(IllegalArgumentException.class, () -> EnvironmentVariable.of(name, ""));
    }

    @Test
    void aDockerfileCannotCarryLineBreaks() {
        assertThrows(
                IllegalArgumentException.class,
                () -> EnvironmentVariable.of("X", "a\nb").toDockerfile());
    }

    /** Without quotes YAML 1.1 reads false, true and nothing; the noncharacters are no YAML at all. */
    @ParameterizedTest
    @ValueSource(strings = {"NO", "on", "Y", "Null", "true"})
    void namesThatYamlWouldReadAsAnotherValueAreQuoted(String name) {
        assertEquals(
                "- name: \"" + name + "\"\n  value: \"1\"",
                EnvironmentVariable.of(name, "1").toKubernetes());
        assertEquals(
                "- name: NOT\n  value: \"\\ufffe\\uffff\"",
                EnvironmentVariable.of("NOT", "\ufffe\uffff").toKubernetes());
    }
}
