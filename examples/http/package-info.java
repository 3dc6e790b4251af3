/**
 * As much of HTTP/1.1 as a program needs that fetches pages: what to ask for, and what the answer says.
 *
 * <p>Nothing here waits, reads or writes; the program that uses it does. Read {@link http.ResponseParser} first.
 */
package http;
