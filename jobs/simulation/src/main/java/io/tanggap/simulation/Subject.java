package io.tanggap.simulation;

/**
 * What complaints are about.
 *
 * @param category id of the reference
 * @param weight relative frequency on a usual day
 * @param burst relative frequency in a flood burst
 * @param handover how often the unit of the place hands it over to the competent one
 * @param hours median of the work itself
 * @param isEmergency whether desks work on it at night
 */
record Subject(String category, double weight, double burst, double handover, double hours, boolean isEmergency) {}
