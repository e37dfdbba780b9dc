import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Random;

/**
 * Asks a service on this machine for a while, in waves: a wave rises and falls within five minutes, and a burst of new keys
 * comes in each. Usage: Load PORT SECONDS
 */
public class Load {

    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        long end =
                System.nanoTime() + Duration.ofSeconds(Long.parseLong(args[1])).toNanos();
        long start = System.nanoTime();
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
        Random random = new Random(42);
        while (System.nanoTime() < end) {
            double seconds = (System.nanoTime() - start) / 1e9;
            double wave = 0.5 - 0.5 * Math.cos(seconds / 300 * 2 * Math.PI);
            boolean burst = seconds % 300 > 200 && seconds % 300 < 215;
            int key = burst ? random.nextInt(5000) : random.nextInt(1 + (int) (300 * wave));
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/a?k" + key))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            try {
                client.send(request, HttpResponse.BodyHandlers.discarding());
            } catch (java.io.IOException e) {
                // Not up yet, or overloaded: go on asking.
            }
            Thread.sleep(burst ? 10 : (long) (20 + 180 * (1 - wave)));
        }
    }
}
