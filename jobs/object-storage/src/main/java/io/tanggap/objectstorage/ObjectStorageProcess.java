package io.tanggap.objectstorage;

import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobApiMetadata;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;

/**
 * The program: an S3 server on a free port of 127.0.0.1, whose objects are files below a directory. Clients sign with the keys that it
 * finds in its own environment, {@code AWS_ACCESS_KEY_ID} and {@code AWS_SECRET_ACCESS_KEY}. Its first line of output is its address. Ends
 * when its standard input ends: whoever holds the other end of that pipe, however it dies, takes the server along.
 *
 * <pre>ObjectStorageProcess DIRECTORY BUCKET</pre>
 */
public final class ObjectStorageProcess {
    private ObjectStorageProcess() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        String key = System.getenv("AWS_ACCESS_KEY_ID");
        String secret = System.getenv("AWS_SECRET_ACCESS_KEY");
        Properties files = new Properties();
        files.setProperty("jclouds.filesystem.basedir", directory.toString());
        BlobStore store = ContextBuilder.newBuilder(new FilesystemNio2BlobApiMetadata())
                .credentials(key, secret)
                .overrides(files)
                .build(BlobStoreContext.class)
                .getBlobStore();
        store.createContainerInLocation(null, arguments[1]);
        S3Proxy server = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, key, secret)
                .build();
        server.start();
        System.out.println("http://127.0.0.1:" + server.getPort());
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }
}
