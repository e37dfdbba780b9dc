package io.github.memfit.lab.survival.app;

import java.io.IOException;
import java.util.SplittableRandom;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/** A full-text index on the heap that is written, merged and searched. */
public final class LuceneIndex implements Holder {

    private static final int STORED = 4096;

    private final SplittableRandom random = new SplittableRandom(2);
    private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
    private final IndexWriter writer;
    private final int level;
    private DirectoryReader reader;
    private long documents;
    private long held;

    private LuceneIndex(int level) throws IOException {
        this.level = level;
        Analyzer words = new Analyzer() {
            @Override
            protected TokenStreamComponents createComponents(String field) {
                Tokenizer tokenizer = new StandardTokenizer();
                return new TokenStreamComponents(tokenizer);
            }
        };
        // Small segments: a merge holds its old and its new segment for a moment, and the moment should not decide.
        TieredMergePolicy merges = new TieredMergePolicy();
        merges.setMaxMergedSegmentMB(4);
        merges.setSegmentsPerTier(6);
        this.writer = new IndexWriter(
                directory,
                new IndexWriterConfig(words)
                        .setRAMBufferSizeMB(2)
                        .setUseCompoundFile(false)
                        .setMergePolicy(merges)
                        .setMergeScheduler(new SerialMergeScheduler()));
        writer.commit();
        this.reader = DirectoryReader.open(directory);
    }

    public static void main(String[] arguments) {
        Stage.play(() -> new LuceneIndex(Stage.load(arguments)));
    }

    @Override
    public void grow(long bytes) throws IOException {
        long until = documents + Math.max(1, bytes / STORED);
        byte[] stored = new byte[STORED - 400];
        while (documents < until) {
            random.nextBytes(stored);
            Document document = new Document();
            document.add(new StringField("id", Long.toString(documents), Field.Store.YES));
            document.add(new TextField("text", words(60), Field.Store.NO));
            document.add(new StoredField("stored", stored.clone()));
            writer.addDocument(document);
            documents++;
        }
        writer.commit();
        reopen();
    }

    @Override
    public void load() throws IOException {
        IndexSearcher searcher = new IndexSearcher(reader);
        for (int i = 0; i < 10 * level; i++) {
            for (ScoreDoc hit : searcher.search(new TermQuery(new Term("text", word())), 10).scoreDocs) {
                searcher.storedFields().document(hit.doc).getBinaryValue("stored");
            }
        }
    }

    @Override
    public long held() {
        return held;
    }

    private void reopen() throws IOException {
        DirectoryReader newer = DirectoryReader.openIfChanged(reader);
        if (newer != null) {
            reader.close();
            reader = newer;
        }
        long sum = 0;
        for (String file : directory.listAll()) {
            sum += directory.fileLength(file);
        }
        held = sum;
    }

    private String words(int count) {
        StringBuilder text = new StringBuilder(count * 8);
        for (int i = 0; i < count; i++) {
            text.append(word()).append(' ');
        }
        return text.toString();
    }

    private String word() {
        return "w" + Integer.toString(random.nextInt(20_000), 36);
    }
}
