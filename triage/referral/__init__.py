"""An agreed text goes to a team, which opens it by the team’s own key."""
