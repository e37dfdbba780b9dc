package io.github.memfit;

import io.github.memfit.MainOptions.UsageException;
import io.github.memfit.format.UsageCsv;
import io.github.memfit.unit.MalformedException;
import io.github.memfit.unit.Printable;
import io.github.memfit.usage.UsageHistory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file behind {@code --history}. */
final class HistoryFile {

    /** A sample a second for three weeks; a device that never ends is not read to its end. */
    private static final int LONGEST = 64 << 20;

    private HistoryFile() {}

    static UsageHistory read(Path file) throws UsageException {
        String name = Printable.escaped(file.toString());
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new UsageException("--history takes at most " + (LONGEST >> 20) + " MiB, " + name + " is longer");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return UsageCsv.parse(file.toString(), text);
        } catch (MalformedException e) {
            // Safe to print, and readable as it is: its quotes are its own.
            throw new UsageException("--history: " + e.getMessage());
        } catch (CharacterCodingException e) {
            throw new UsageException("--history takes text in UTF-8, " + name + " is none");
        } catch (IOException e) {
            throw new UsageException(
                    "--history: " + name + " cannot be read: " + Printable.escaped(String.valueOf(e.getMessage())));
        }
    }
}
