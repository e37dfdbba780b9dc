package io.github.memfit.lab.survival.app;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The carts of all customers, in memory. */
@RestController
class Carts {

    private final Map<String, WebShop.Cart> carts = new ConcurrentHashMap<>();
    private final AtomicLong held = new AtomicLong();

    @PutMapping("/carts/{id}")
    WebShop.Summary put(@PathVariable("id") String id, @RequestBody WebShop.Cart cart) {
        if (carts.put(id, cart) == null) {
            held.addAndGet(cart.note().length());
        }
        return summary(id, cart);
    }

    @GetMapping("/carts/{id}/summary")
    WebShop.Summary look(@PathVariable("id") String id) {
        return summary(id, carts.get(id));
    }

    /** Out of memory in a request ends the program, as a flag for it would. */
    @ExceptionHandler
    void failed(Throwable error) {
        Stage.fail(error);
    }

    long held() {
        return held.get();
    }

    private static WebShop.Summary summary(String id, WebShop.Cart cart) {
        return new WebShop.Summary(id, cart.items().size(), cart.words());
    }
}
