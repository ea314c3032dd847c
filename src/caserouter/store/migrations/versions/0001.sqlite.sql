CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN
  SELECT RAISE(ABORT, 'an event that was recorded is never changed');
END

CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN
  SELECT RAISE(ABORT, 'an event that was recorded is never deleted');
END

CREATE TRIGGER assignment_takes_room BEFORE INSERT ON assignment WHEN NEW.ended_at IS NULL
BEGIN
  SELECT RAISE(ABORT, 'refused: the specialist has retired, or has no room for the case; catch up and decide again')
  WHERE EXISTS (SELECT 1 FROM specialist WHERE id = NEW.specialist_id AND NOT (active AND load + NEW.units <= capacity));
  UPDATE specialist SET load = load + NEW.units WHERE id = NEW.specialist_id;
END

CREATE TRIGGER assignment_stays_whose_it_is BEFORE UPDATE OF case_id, specialist_id ON assignment
WHEN NEW.case_id <> OLD.case_id OR NEW.specialist_id <> OLD.specialist_id
BEGIN
  SELECT RAISE(ABORT, 'an assignment keeps its case and its specialist; end it and begin another');
END

CREATE TRIGGER assignment_changes_load AFTER UPDATE OF units, ended_at ON assignment
BEGIN
  UPDATE specialist
  SET load = load + CASE WHEN NEW.ended_at IS NULL THEN NEW.units ELSE 0 END - CASE WHEN OLD.ended_at IS NULL THEN OLD.units ELSE 0 END
  WHERE id = NEW.specialist_id;
END

CREATE TRIGGER assignment_frees_room AFTER DELETE ON assignment WHEN OLD.ended_at IS NULL
BEGIN
  UPDATE specialist SET load = load - OLD.units WHERE id = OLD.specialist_id;
END
