package io.github.memfit.lab.survival.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/** A web application: Spring Boot with Tomcat and JSON, whose customers put things into carts that it keeps. */
@SpringBootApplication
public class WebShop {

    public static void main(String[] arguments) {
        Stage.play(() -> {
            ServletWebServerApplicationContext context = (ServletWebServerApplicationContext) new SpringApplication(
                            WebShop.class)
                    .run("--server.port=0", "--server.address=127.0.0.1", "--server.tomcat.max-keep-alive-requests=-1");
            return new Customers(
                    context.getWebServer().getPort(), context.getBean(Carts.class), 4 * Stage.load(arguments));
        });
    }

    /** Customers on their own connections; they fill carts and look at them. */
    private static final class Customers implements Holder {

        private static final int NOTE = 16 << 10;

        private final ExecutorService threads;
        private final List<Customer> customers;
        private final Carts carts;

        Customers(int port, Carts carts, int count) throws IOException {
            this.carts = carts;
            this.threads = Executors.newFixedThreadPool(count);
            this.customers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                customers.add(new Customer(i, new Http(port)));
            }
        }

        @Override
        public void grow(long bytes) throws Exception {
            all(Math.max(1, bytes / NOTE / customers.size()), true);
        }

        @Override
        public void load() throws Exception {
            all(6, false);
        }

        @Override
        public long held() {
            return carts.held();
        }

        private void all(long requests, boolean fill) throws Exception {
            List<Future<?>> running = new ArrayList<>();
            for (Customer customer : customers) {
                running.add(threads.submit(() -> {
                    for (long i = 0; i < requests; i++) {
                        if (fill) {
                            customer.put();
                        } else {
                            customer.look();
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                try {
                    one.get();
                } catch (ExecutionException e) {
                    Stage.fail(e.getCause());
                }
            }
        }
    }

    private static final class Customer {

        private final SplittableRandom random;
        private final Http http;
        private final int number;
        private final byte[] body;
        private int carts;

        Customer(int number, Http http) {
            this.number = number;
            this.http = http;
            this.random = new SplittableRandom(number);
            this.body = body(random);
        }

        void put() throws IOException {
            http.send("PUT", "/carts/" + number + '-' + carts++, body);
        }

        void look() throws IOException {
            if (carts > 0) {
                http.send("GET", "/carts/" + number + '-' + random.nextInt(carts) + "/summary", new byte[0]);
            }
        }

        /** Made once: what a customer sends is no load on the server's memory, only what it makes of it. */
        private static byte[] body(SplittableRandom random) {
            StringBuilder json = new StringBuilder(Customers.NOTE + 400).append("{\"note\":\"");
            for (int i = 0; i < Customers.NOTE; i++) {
                json.append(random.nextInt(6) == 0 ? ' ' : (char) ('a' + random.nextInt(26)));
            }
            json.append("\",\"items\":[");
            for (int i = 0; i < 5; i++) {
                json.append(i == 0 ? "" : ",").append("{\"article\":\"article ").append(random.nextInt(10_000));
                json.append("\",\"count\":").append(1 + random.nextInt(9)).append('}');
            }
            return json.append("]}").toString().getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /** What a customer puts. */
    record Cart(String note, List<Map<String, Object>> items) {
        int words() {
            return (int) note.chars().filter(letter -> letter == ' ').count() + 1;
        }
    }

    /** What a customer sees. */
    record Summary(String id, int articles, int words) {}
}
