package productimporter.platform;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.socket.messaging.StompSubProtocolErrorHandler;

/**
 * Makes the ERROR frame say what was refused, in its {@code message} header and its body,
 * and nothing about what went wrong inside.
 */
final class StompErrors extends StompSubProtocolErrorHandler {

	@Override
	protected Message<byte[]> handleInternal(StompHeaderAccessor error, byte[] body, @Nullable Throwable cause,
			@Nullable StompHeaderAccessor client) {
		String words = words(cause);
		error.setMessage(words);
		error.setContentType(MimeTypeUtils.TEXT_PLAIN);
		return super.handleInternal(error, words.getBytes(StandardCharsets.UTF_8), cause, client);
	}

	private static String words(@Nullable Throwable cause) {
		Throwable root = (cause != null) ? NestedExceptionUtils.getMostSpecificCause(cause) : null;
		return (root instanceof FrameRefused) ? String.valueOf(root.getMessage())
				: "That frame could not be understood.";
	}

}
