package productimporter.notifications;

/**
 * How mails stand, for monitoring.
 *
 * @param waiting mails to be sent
 * @param ageSeconds how long the oldest of them has been waiting, 0 when there is none
 * @param givenUp mails that could not be sent
 */
record MailFigures(long waiting, double ageSeconds, long givenUp) {
}
