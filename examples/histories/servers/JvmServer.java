import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;

/** A small web service: parses what it is sent, keeps the last answers in a bounded cache. Usage: JvmServer PORT */
public class JvmServer {

    private static final Map<String, byte[]> CACHE = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > 400;
        }
    };

    public static void main(String[] args) throws IOException {
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 64);
        server.setExecutor(Executors.newFixedThreadPool(16));
        server.createContext("/", exchange -> {
            String key = exchange.getRequestURI().getQuery();
            byte[] answer;
            synchronized (CACHE) {
                answer = CACHE.get(key);
            }
            if (answer == null) {
                StringBuilder built = new StringBuilder();
                for (int i = 0; i < 6000; i++) {
                    built.append(key).append(i * 31 % 1009).append(';');
                }
                answer = built.toString().getBytes(StandardCharsets.UTF_8);
                synchronized (CACHE) {
                    CACHE.put(key, answer);
                }
            }
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }
}
