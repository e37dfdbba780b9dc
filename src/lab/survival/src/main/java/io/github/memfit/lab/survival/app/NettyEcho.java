package io.github.memfit.lab.survival.app;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A server that echoes messages of 1 MiB in direct buffers to its clients over loopback. What the clients keep of the
 * answers lies on the heap.
 */
public final class NettyEcho implements Holder {

    private static final int MESSAGE = 1 << 20;
    private static final int CHUNK = 16 << 10;

    private final List<byte[]> kept = new ArrayList<>();
    private final List<Channel> clients = new ArrayList<>();
    private volatile CountDownLatch answers = new CountDownLatch(0);
    private volatile long wanted;
    private volatile long held;

    private NettyEcho(int connections) throws InterruptedException {
        Channel server = new ServerBootstrap()
                .group(new NioEventLoopGroup(1), new NioEventLoopGroup(2))
                .channel(NioServerSocketChannel.class)
                .childHandler(handlers(false))
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
        // One thread serves all clients, so that only one writes what is kept.
        Bootstrap client = new Bootstrap()
                .group(new NioEventLoopGroup(1))
                .channel(NioSocketChannel.class)
                .handler(handlers(true));
        for (int i = 0; i < connections; i++) {
            clients.add(client.connect(server.localAddress()).sync().channel());
        }
    }

    public static void main(String[] arguments) {
        Stage.play(() -> new NettyEcho(12 * Stage.load(arguments)));
    }

    @Override
    public void grow(long bytes) throws InterruptedException {
        wanted = held + bytes;
        while (held < wanted) {
            round();
        }
    }

    @Override
    public void load() throws InterruptedException {
        wanted = held;
        round();
    }

    @Override
    public long held() {
        return held;
    }

    /** One message over each connection, all at once, until each has been answered. */
    private void round() throws InterruptedException {
        answers = new CountDownLatch(clients.size());
        for (Channel channel : clients) {
            channel.eventLoop().execute(() -> {
                ByteBuf message = channel.alloc().directBuffer(4 + MESSAGE);
                message.writeInt(MESSAGE).writeZero(MESSAGE);
                check(channel.writeAndFlush(message));
            });
        }
        if (!answers.await(120, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no answer for two minutes");
        }
    }

    private static void check(ChannelFuture written) {
        written.addListener(done -> {
            if (!done.isSuccess()) {
                Stage.fail(done.cause());
            }
        });
    }

    private ChannelInitializer<SocketChannel> handlers(boolean client) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                channel.pipeline()
                        .addLast(new LengthFieldBasedFrameDecoder(2 * MESSAGE, 0, 4))
                        .addLast(client ? new Keep() : new Echo());
            }
        };
    }

    private static class Echo extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
            check(context.writeAndFlush(message.retain()));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable error) {
            Stage.fail(error);
        }
    }

    private final class Keep extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
            while (held < wanted && message.readableBytes() >= CHUNK) {
                byte[] chunk = new byte[CHUNK];
                message.readBytes(chunk);
                kept.add(chunk);
                held += CHUNK;
            }
            answers.countDown();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable error) {
            Stage.fail(error);
        }
    }
}
