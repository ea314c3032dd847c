CREATE FUNCTION event_is_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'an event that was recorded is never changed or deleted';
END $$

CREATE TRIGGER event_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON event
FOR EACH STATEMENT EXECUTE FUNCTION event_is_never_changed()

CREATE FUNCTION assignment_takes_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE specialist SET load = load + NEW.units WHERE id = NEW.specialist_id AND active AND load + NEW.units <= capacity;
  IF NOT FOUND AND EXISTS (SELECT 1 FROM specialist WHERE id = NEW.specialist_id) THEN
    RAISE EXCEPTION 'refused: the specialist has retired, or has no room for the case; catch up and decide again'
    USING ERRCODE = 'CR001';
  END IF;
  RETURN NEW;
END $$

CREATE TRIGGER assignment_takes_room BEFORE INSERT ON assignment
FOR EACH ROW WHEN (NEW.ended_at IS NULL) EXECUTE FUNCTION assignment_takes_room()

CREATE FUNCTION assignment_stays_whose_it_is() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'an assignment keeps its case and its specialist; end it and begin another';
END $$

CREATE TRIGGER assignment_stays_whose_it_is BEFORE UPDATE OF case_id, specialist_id ON assignment
FOR EACH ROW WHEN (NEW.case_id <> OLD.case_id OR NEW.specialist_id <> OLD.specialist_id)
EXECUTE FUNCTION assignment_stays_whose_it_is()

CREATE FUNCTION assignment_changes_load() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE specialist
  SET load = load + CASE WHEN NEW.ended_at IS NULL THEN NEW.units ELSE 0 END - CASE WHEN OLD.ended_at IS NULL THEN OLD.units ELSE 0 END
  WHERE id = NEW.specialist_id;
  RETURN NULL;
END $$

CREATE TRIGGER assignment_changes_load AFTER UPDATE OF units, ended_at ON assignment
FOR EACH ROW EXECUTE FUNCTION assignment_changes_load()

CREATE FUNCTION assignment_frees_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE specialist SET load = load - OLD.units WHERE id = OLD.specialist_id;
  RETURN NULL;
END $$

CREATE TRIGGER assignment_frees_room AFTER DELETE ON assignment
FOR EACH ROW WHEN (OLD.ended_at IS NULL) EXECUTE FUNCTION assignment_frees_room()
